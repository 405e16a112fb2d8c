"""The example: an invented article with its people and a record of every kind, for a newcomer's first page.

Written through the same verbs as everything else. The people have no password: nobody can sign in as them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import select

from annotator import clock
from annotator.access import Actor
from annotator.errors import Conflict
from annotator.extensions import db
from annotator.extract import Extracted, from_file
from annotator.models import Annotation, Article, ArticleVersion, Source, User
from annotator.queries.articles import same_text, sentences_of
from annotator.services import people
from annotator.services.anchoring import Place, newest
from annotator.services.annotations import create_annotation
from annotator.services.arranging import Arrangement, arrange_article
from annotator.services.articles import Details, import_article
from annotator.services.comments import add_comment
from annotator.services.contacts import Asking, FollowUp, add_contact, change_contact, follow_up
from annotator.services.corrections import Suggestion, decide_correction, propose_correction
from annotator.services.evidence import Piece
from annotator.services.fields import set_fields
from annotator.services.notes import Written, add_note
from annotator.services.parties import Named, name_party
from annotator.services.reading import completed
from annotator.services.reading_through import clear_sentences
from annotator.services.relations import relate
from annotator.services.second_reading import ask_second_reading
from annotator.services.signing_off import sign_off
from annotator.services.sources import withdraw_source
from annotator.services.versions import add_version, prepare
from annotator.text.blocks import build
from annotator.text.canonical import sha256

FOLDER = files("annotator") / "example"
SOURCE = "article.md"

Told = Mapping[str, Any]


def load_example() -> tuple[int, bool]:
    """Write the example. Returns the article's id, and whether it was made now (False: its text is here already).

    Raises Conflict when somebody else has the user name of one of its people.
    """
    found = read_article()
    twin = same_text(sha256(build(found.drafts).text))
    if twin is not None:
        return twin.id, False
    told = read_marks()
    actors = {one["username"]: _bring_in(**one) for one in told["people"]}
    lead = actors[told["people"][0]["username"]]
    article = import_article(lead, completed(Details("", **told["details"]), found), found.drafts, "md")
    arrange_article(lead, article, Arrangement(**told["arrangement"]), None)
    _Desk(article, actors, told["parties"]).write(told)
    draft = told["draft"]
    second = prepare(article.id, read_article(draft["source"]).drafts, "md", draft["change_note"])
    add_version(actors[draft["by"]], article, second)
    return article.id, True


def read_article(name: str = SOURCE) -> Extracted:
    """The example's article, or its second draft, read as any file is."""
    return from_file((FOLDER / name).read_bytes(), name)


def read_marks() -> dict[str, Any]:
    """What `marks.json` holds: `details`, `people` (the lead first), `parties` by key, `marks` in order, what is
    `clear`, and the `draft` that follows."""
    told: dict[str, Any] = json.loads((FOLDER / "marks.json").read_text(encoding="utf-8"))
    return told


def _bring_in(username: str, name: str, role: str) -> Actor:
    """The person, made when not there; somebody real who happens to have the user name is left alone."""
    user = people.find(username)
    if user is not None and (user.name != name or user.password_hash):
        raise Conflict(f"The example needs the user name {username}, and somebody has it already.")
    return (user or people.add_user(None, username, name, role)).actor()


def place_of(text: str, mark: Told) -> Place:
    """Where the words of a mark stand; `occurrence` counts from 0. Raises ValueError when they do not."""
    words, start = mark["words"], -1
    for _ in range(mark.get("occurrence", 0) + 1):
        start = text.index(words, start + 1)
    return Place(1, start, start + len(words), words)


class _Desk:
    """Two people at work on the example's article, one part of the record after the other."""

    def __init__(self, article: Article, actors: dict[str, Actor], parties: dict[str, dict[str, str]]) -> None:
        self.article, self.actors, self.parties = article, actors, parties
        self.text = db.session.scalars(select(ArticleVersion.text).filter_by(article_id=article.id)).one()
        self.made: dict[str, Annotation] = {}

    def write(self, told: Told) -> None:
        """Everything, in the order in which people would do it."""
        for mark in told["marks"]:
            self.made[mark["key"]] = self.mark(mark)
        for part in (self.relations, self.notes, self.contacts, self.corrections, self.comments):
            for mark in told["marks"]:
                part(self.made[mark["key"]], mark)
        for comment in told["comments"]:
            add_comment(self.actors[comment["by"]], self.article, None, comment["body"])
        for withdrawn in told["withdrawn"]:
            source = db.session.scalars(select(Source).filter_by(label=withdrawn["source"])).one()
            withdraw_source(self.actors[withdrawn["by"]], source, withdrawn["reason"])
        for mark in told["marks"]:
            self.decisions(self.made[mark["key"]], mark)
        self.clear(told["clear"])

    def clear(self, told: Told) -> None:
        """The sentences in which there is nothing to check."""
        spans = sentences_of(newest(self.article.id).id, self.article.language)
        words = [self.text[span.start : span.end] for span in spans]
        numbers = [words.index(one) for one in told["sentences"]]
        clear_sentences(self.actors[told["by"]], self.article, 1, numbers)

    def mark(self, mark: Told) -> Annotation:
        """The mark with its party and the fields of its kind."""
        actor = self.actors[mark["by"]]
        annotation, _ = create_annotation(actor, self.article, place_of(self.text, mark), mark["kind"])
        name_party(actor, annotation, Named(**self.parties[mark["party"]]), None)
        set_fields(actor, annotation, mark.get("fields", {}), None)
        return annotation

    def relations(self, annotation: Annotation, mark: Told) -> None:
        """What it is tied to."""
        denied = [{"type": "denies", "to": mark["denies"]}] if "denies" in mark else []
        for tie in [*denied, *mark.get("relations", ())]:
            relate(self.actors[mark["by"]], annotation, tie["type"], self.made[tie["to"]].uuid)

    def notes(self, annotation: Annotation, mark: Told) -> None:
        """How it was verified."""
        for note in mark.get("notes", ()):
            pieces = tuple(Piece(**piece) for piece in note.get("evidence", ()))
            add_note(
                self.actors[note["by"]],
                annotation,
                Written(note["body"], note.get("verdict"), note.get("method"), pieces),
            )

    def contacts(self, annotation: Annotation, mark: Told) -> None:
        """Who was asked, again perhaps, and what came back."""
        for told in mark.get("contacts", ()):
            actor, asking = self.actors[told["by"]], self.asking(told)
            contact, _ = add_contact(actor, annotation, replace(asking, outcome="", answer="", answered_at=None))
            for again in told.get("follow_ups", ()):
                said = FollowUp(again["channel"], again["remark"], clock.read(again["at"]))
                follow_up(self.actors[again["by"]], contact, said)
            change_contact(actor, contact, asking, None)

    def asking(self, told: Told) -> Asking:
        """A contact as the service reads it."""
        asked = ("channel", "questions", "outcome", "answer", "in_text")
        said: dict[str, Any] = {name: told[name] for name in asked if name in told}
        times: dict[str, Any] = {name: _moment(told.get(name)) for name in ("asked_at", "deadline", "answered_at")}
        return Asking(Named(**self.parties[told["party"]]), **said, **times)

    def corrections(self, annotation: Annotation, mark: Told) -> None:
        """Other words, and what was decided about them."""
        for told in mark.get("corrections", ()):
            suggestion = Suggestion(told["suggested"], told["reason"], told["severity"])
            correction, _ = propose_correction(self.actors[told["by"]], annotation, suggestion)
            if decided := told.get("decided"):
                actor = self.actors[decided["by"]]
                decide_correction(actor, correction, decided["state"], decided["remark"], None)

    def comments(self, annotation: Annotation, mark: Told) -> None:
        """What the two say to each other; `answers` counts the comments of the mark from 0."""
        said: list[str] = []
        for told in mark.get("comments", ()):
            parent = said[told["answers"]] if "answers" in told else None
            comment, _ = add_comment(self.actors[told["by"]], self.article, annotation, told["body"], parent)
            said.append(comment.uuid)

    def decisions(self, annotation: Annotation, mark: Told) -> None:
        """Who is asked to read it again, and who has signed it off."""
        if "second_reading" in mark:
            named = mark["second_reading"]
            person = db.session.scalars(select(User).filter_by(username=named)).one() if named else None
            giver = db.session.get_one(User, annotation.verdict_by_id)
            ask_second_reading(giver.actor(), annotation, person)
        if signed := mark.get("signed_off"):
            sign_off(self.actors[signed["by"]], annotation, signed["remark"])


def _moment(text: str | None) -> datetime | None:
    return clock.read(text) if text else None
