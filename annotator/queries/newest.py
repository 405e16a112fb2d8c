"""Which version of each article people work on: the newest that was not taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from annotator.models import Annotation, ArticleVersion

STANDS: ColumnElement[bool] = ArticleVersion.withdrawn_at.is_(None)

NEWEST: Select[Any] = select(func.max(ArticleVersion.id)).where(STANDS).group_by(ArticleVersion.article_id)
"""The ids of the newest versions, for `Anchor.version_id.in_(NEWEST)`."""

PRESENT: ColumnElement[bool] = Annotation.deleted_at.is_(None) & Annotation.closed_at.is_(None)
"""Whether an annotation is to be worked on: it was not deleted, nor closed because its words have left the text."""
