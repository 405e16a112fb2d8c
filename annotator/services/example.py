"""The example: an invented article with its people and marks, so that the first page a newcomer sees is alive.

Written through the same verbs as everything else. The people have no password: nobody can sign in as them.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from sqlalchemy import select

from annotator.access import Actor
from annotator.errors import Conflict
from annotator.extensions import db
from annotator.extract import Extracted, from_file
from annotator.models import Annotation, Article, ArticleVersion
from annotator.queries.articles import same_text
from annotator.services import people
from annotator.services.annotations import Place, create_annotation
from annotator.services.articles import Details, import_article
from annotator.services.evidence import Piece
from annotator.services.notes import Written, add_note
from annotator.services.parties import Named, name_party
from annotator.services.reading import completed
from annotator.services.relations import link_denial
from annotator.text.blocks import build
from annotator.text.canonical import sha256

FOLDER = files("annotator") / "example"
SOURCE = "article.md"


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
    _mark_all(article, told["marks"], told["parties"], actors)
    return article.id, True


def read_article() -> Extracted:
    """The example's article, read as any file is."""
    return from_file((FOLDER / SOURCE).read_bytes(), SOURCE)


def read_marks() -> dict[str, Any]:
    """What `marks.json` holds: `details`, `people` (the lead first), `parties` by key, `marks` in order."""
    told: dict[str, Any] = json.loads((FOLDER / "marks.json").read_text(encoding="utf-8"))
    return told


def _bring_in(username: str, name: str, role: str) -> Actor:
    """The person, made when not there; somebody real who happens to have the user name is left alone."""
    user = people.find(username)
    if user is not None and (user.name != name or user.password_hash):
        raise Conflict(f"The example needs the user name {username}, and somebody has it already.")
    return (user or people.add_user(None, username, name, role)).actor()


def _mark_all(
    article: Article, marks: list[dict[str, Any]], parties: dict[str, dict[str, str]], actors: dict[str, Actor]
) -> None:
    text = db.session.scalars(select(ArticleVersion.text).filter_by(article_id=article.id)).one()
    made: dict[str, Annotation] = {}
    for mark in marks:
        made[mark["key"]] = _mark(article, text, mark, actors[mark["by"]])
        name_party(actors[mark["by"]], made[mark["key"]], Named(**parties[mark["party"]]), None)
    for mark in marks:
        if "denies" in mark:
            link_denial(actors[mark["by"]], made[mark["key"]], made[mark["denies"]].uuid, None)
    for mark in marks:
        for note in mark.get("notes", ()):
            add_note(actors[note["by"]], made[mark["key"]], _written(note))


def _mark(article: Article, text: str, mark: dict[str, Any], actor: Actor) -> Annotation:
    annotation, _ = create_annotation(actor, article, place_of(text, mark), mark["kind"])
    return annotation


def place_of(text: str, mark: dict[str, Any]) -> Place:
    """Where the words of a mark stand; `occurrence` counts from 0. Raises ValueError when they do not."""
    words, start = mark["words"], -1
    for _ in range(mark.get("occurrence", 0) + 1):
        start = text.index(words, start + 1)
    return Place(1, start, start + len(words), words)


def _written(note: dict[str, Any]) -> Written:
    pieces = tuple(Piece(**piece) for piece in note.get("evidence", ()))
    return Written(note["body"], note.get("verdict"), note.get("method"), pieces)
