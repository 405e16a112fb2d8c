"""Annotations, where they sit, and how they relate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from annotator.db import Moment
from annotator.extensions import db
from annotator.models.article import Article, ArticleVersion
from annotator.models.party import Party
from annotator.models.user import User


class Annotation(db.Model):  # type: ignore[name-defined,misc]
    """A span with a kind. Never deleted for good: `deleted_at` hides it.

    `ordinal` numbers the annotations of an article in the order they were made. `fingerprint` is the SHA-256 of the
    request that made it, so that the same request may be repeated. `fields` holds the values of the fields of its kind
    by name (`vocabulary.FIELDS`); those of a kind it had before stay. `row_version` grows with every change, its notes'
    included.

    `services.states` derives from the rows beneath, and stores for listing: `state`, `verdict` with who gave it when,
    `readers` (how many people have given a verdict), `weak` (the source rule is not met), `open_contacts` with the
    earliest `next_deadline`, `open_corrections`, `open_comments`. `reopened_after` is the highest `Note.verdict_order`
    there was when it was reopened because of `reopened_why`; a verdict given after that closes it again.

    One whose words have left the text may be closed (`closed_at`, by whom and why): it is kept, and no longer counted.
    """

    __tablename__ = "annotations"
    __table_args__ = (
        UniqueConstraint("article_id", "ordinal"),
        Index("ix_annotations_article_id_state", "article_id", "state"),
        CheckConstraint("kind IN ('claim', 'quote', 'denial')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    ordinal: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="to_do")
    verdict: Mapped[str | None] = mapped_column(String(20))
    verdict_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verdict_at: Mapped[datetime | None] = mapped_column(Moment)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    row_version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    readers: Mapped[int] = mapped_column(default=0)
    weak: Mapped[bool] = mapped_column(default=False)
    open_contacts: Mapped[int] = mapped_column(default=0)
    next_deadline: Mapped[datetime | None] = mapped_column(Moment)
    open_corrections: Mapped[int] = mapped_column(default=0)
    open_comments: Mapped[int] = mapped_column(default=0)
    reopened_after: Mapped[int | None]
    reopened_why: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_why: Mapped[str] = mapped_column(Text, default="")

    article: Mapped[Article] = relationship()
    party: Mapped[Party | None] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    verdict_by: Mapped[User | None] = relationship(foreign_keys=[verdict_by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])

    __mapper_args__ = {"version_id_col": row_version}


class Anchor(db.Model):  # type: ignore[name-defined,misc]
    """Where an annotation sits in one version (`start`, `end` in code points) and how surely (`status`, `score`).

    Carried from another version (`carried_from`) it tells as what (`carried_as`, one of vocabulary.CARRIED) and why
    (`reason`); a person who looked at an unsure place makes it confirmed. An orphan has lost its words: `start` and
    `end` are both the point where they would stand, and `exact`, `prefix` and `suffix` are those it had.
    """

    __tablename__ = "anchors"
    __table_args__ = (
        UniqueConstraint("annotation_id", "version_id"),
        Index("ix_anchors_version_id_start", "version_id", "start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    start: Mapped[int]
    end: Mapped[int]
    exact: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    suffix: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), default="exact")
    score: Mapped[float] = mapped_column(Float, default=1.0)
    reason: Mapped[str] = mapped_column(Text, default="")
    carried_as: Mapped[str | None] = mapped_column(String(16))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("article_versions.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)

    annotation: Mapped[Annotation] = relationship()
    version: Mapped[ArticleVersion] = relationship(foreign_keys=[version_id])
    carried_from: Mapped[ArticleVersion | None] = relationship(foreign_keys=[carried_from_id])
    confirmed_by: Mapped[User | None] = relationship()


class Relation(db.Model):  # type: ignore[name-defined,misc]
    """One annotation's tie to another of the same article; `type` is one of `vocabulary.RELATIONS`."""

    __tablename__ = "relations"
    __table_args__ = (UniqueConstraint("from_id", "to_id", "type"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"), index=True)
    type: Mapped[str] = mapped_column(String(16))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)

    source: Mapped[Annotation] = relationship(foreign_keys=[from_id])
    target: Mapped[Annotation] = relationship(foreign_keys=[to_id])
