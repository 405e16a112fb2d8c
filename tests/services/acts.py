"""Everything a person can do to an article, as data: for undoing it, and for looking what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import NotFound
from annotator.extensions import db
from annotator.extract import from_paste
from annotator.models import Annotation, Article, Comment, Correction, Note
from annotator.queries.articles import snapshot_of
from annotator.services import (
    annotations,
    arranging,
    article_sign_offs,
    articles,
    assigning,
    comments,
    contacts,
    corrections,
    fields,
    loading,
    notes,
    parties,
    places,
    reading_through,
    relations,
    signing_off,
    undoing,
    versions,
)
from annotator.services.arranging import Arrangement
from annotator.services.contacts import Asking
from annotator.services.corrections import Suggestion
from annotator.services.evidence import Piece
from annotator.services.notes import Written
from annotator.services.parties import Named
from annotator.services.undoing import Undone
from tests.builders import TEXT, make_annotation, make_article, make_note, place_of
from tests.cast import Cast

CHANGING = {"row_version", "updated_at", "revision", "id", "at", "resolved_at", "earlier", "confirmed_at"}
CHECKED = {"verdict": "accurate", "evidence": (Piece(url="https://registry.example/ledger", source_type="primary"),)}


def a_checked_article(cast: Cast) -> Article:
    """An article of Ada's, with a claim, a quote and a denial by Ben; the claim is checked by Cleo."""
    made = make_article(cast.ada)
    claim = make_annotation(cast.ben, made, "4.2 million crowns")
    make_annotation(cast.ben, made, "sign and not to ask", kind="quote")
    make_annotation(cast.ben, made, "denies", kind="denial")
    make_note(cast.cleo, claim, **CHECKED)
    return made


def act(actor: Actor, article: Article, do: Callable[[Article], object]) -> Any:
    """Do it in a unit of work, the article locked."""
    with unit_of_work():
        return do(loading.article(actor, article.id))


def undo(actor: Actor, article: Article) -> Undone:
    """Undo as an edge would."""
    return act(actor, article, lambda it: undoing.undo(actor, it))  # type: ignore[no-any-return]


def redo(actor: Actor, article: Article) -> Undone:
    """Redo as an edge would."""
    return act(actor, article, lambda it: undoing.redo(actor, it))  # type: ignore[no-any-return]


def found(ordinal: int) -> Annotation:
    """The annotation with this number, of the newest article."""
    wanted = db.session.query(Annotation).filter_by(ordinal=ordinal).order_by(Annotation.id.desc())
    return wanted.first()  # type: ignore[return-value]


def living(ordinal: int) -> Annotation:
    """The same, for acts that an edge would not let go on when it has been deleted."""
    it = found(ordinal)
    if it.deleted_at:
        raise NotFound("It has been deleted.")
    return it


def plain(value: Any) -> Any:
    """A record without what every act changes: times, row versions, ids of pieces that were made anew."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if name not in CHANGING}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def record(article: Article) -> Any:
    """All that an export and the page tell of an article; sign-offs that have fallen, and versions that were taken back,
    left out."""
    db.session.rollback()
    told = plain(asdict(snapshot_of(article.id)))
    told["versions"] = [one for one in told["versions"] if not one["withdrawn"]]
    for one in [told, *told["annotations"]]:
        one["sign_offs"] = [signed for signed in one["sign_offs"] if not signed["fallen_at"]]
    return told


def note(ordinal: int = 1) -> Note:
    """The first note on an annotation."""
    return db.session.query(Note).filter_by(annotation_id=found(ordinal).id).order_by(Note.id).first()  # type: ignore[return-value]


ASKED = Asking(Named("The harbour authority"), "email", "Was it paid?")
CHANGED = f"It began in March.\n\n{TEXT.replace('4.2 million', '4.6 million')}"
DROPPED = TEXT.replace("“We were told to sign and not to ask,” said Ingrid Solheim, who", "She")
CORRECTED = Suggestion("4.6 million crowns", "The ledger says so.", "fact")


def draft(actor: Actor, article: Article, text: str) -> Any:
    """The next draft, inside a unit of work."""
    return versions.add_version(actor, article, versions.prepare(article.id, from_paste(text).drafts, "paste"))


def sign_all(cast: Cast, article: Article) -> None:
    """Sign off the claim and the article, read to the last sentence."""
    signing_off.sign_off(cast.ada, living(1))
    reading_through.clear_sentences(cast.ben, article, 1, range(4))
    article_sign_offs.sign_off_article(cast.ada, article)


def correction() -> Correction:
    """The only correction."""
    return db.session.query(Correction).one()


OTHER = Suggestion("2.4 million crowns", "The ledger says so.", "fact")
Do = Callable[[Cast, Article], object]
# who does it, what comes before it (not taken back), the act
ACTS: dict[str, tuple[str, list[Do], Do]] = {
    "mark": (
        "ben",
        [],
        lambda cast, it: annotations.create_annotation(cast.ben, it, place_of(it, "cranes"), "claim"),
    ),
    "move": (
        "ben",
        [],
        lambda cast, it: annotations.move_annotation(cast.ben, living(1), place_of(it, "4.2 million"), None),
    ),
    "retag": ("ben", [], lambda cast, it: annotations.change_kind(cast.ben, living(1), "quote", None)),
    "retag what denies": (
        "ben",
        [lambda cast, it: relations.relate(cast.ada, living(3), "denies", living(1).uuid)],
        lambda cast, it: annotations.change_kind(cast.ben, living(3), "claim", None),
    ),
    "delete": ("ben", [], lambda cast, it: annotations.delete_annotation(cast.ben, living(1), None)),
    "restore": (
        "cleo",
        [lambda cast, it: annotations.delete_annotation(cast.ben, living(2), None)],
        lambda cast, it: annotations.restore_annotation(cast.cleo, found(2)),
    ),
    "name": ("ben", [], lambda cast, it: parties.name_party(cast.ben, living(2), Named("Ingrid Solheim"), None)),
    "name anew": (
        "ben",
        [lambda cast, it: parties.name_party(cast.ada, living(2), Named("Ingrid", "clerk"), None)],
        lambda cast, it: parties.name_party(cast.ben, living(2), Named("Astrid"), None),
    ),
    "say their role": (
        "ben",
        [lambda cast, it: parties.name_party(cast.ada, living(2), Named("Ingrid"), None)],
        lambda cast, it: parties.name_party(cast.ben, living(2), Named("Ingrid", "accountant"), None),
    ),
    "unname": (
        "ben",
        [lambda cast, it: parties.name_party(cast.ada, living(2), Named("Ingrid"), None)],
        lambda cast, it: parties.name_party(cast.ben, living(2), None, None),
    ),
    "fields": (
        "ben",
        [],
        lambda cast, it: fields.set_fields(cast.ben, living(1), {"harm": "high", "wording": "They paid."}, None),
    ),
    "relate": ("ben", [], lambda cast, it: relations.relate(cast.ben, living(3), "denies", living(1).uuid)),
    "repeat": ("ben", [], lambda cast, it: relations.relate(cast.ben, living(2), "repeats", living(1).uuid)),
    "deny another": (
        "ben",
        [lambda cast, it: relations.relate(cast.ada, living(3), "denies", living(1).uuid)],
        lambda cast, it: relations.link_denial(cast.ben, living(3), living(2).uuid, None),
    ),
    "unrelate": (
        "ben",
        [lambda cast, it: relations.relate(cast.ada, living(2), "supports", living(1).uuid)],
        lambda cast, it: relations.unrelate(cast.ben, living(2), "supports", living(1).uuid),
    ),
    "note": ("ben", [], lambda cast, it: notes.add_note(cast.ben, living(2), Written("Heard it.", **CHECKED))),
    "another verdict": ("ben", [], lambda cast, it: notes.add_note(cast.ben, living(1), Written("No.", "false"))),
    "edit a note": ("cleo", [], lambda cast, it: notes.edit_note(cast.cleo, note(), Written("No.", "false"), None)),
    "take a note back": ("cleo", [], lambda cast, it: notes.take_back_note(cast.cleo, note())),
    "comment": (
        "ben",
        [],
        lambda cast, it: comments.add_comment(cast.ben, it, living(1), "Ask @cleo about it."),
    ),
    "comment on the article": ("ben", [], lambda cast, it: comments.add_comment(cast.ben, it, None, "All done?")),
    "edit a comment": (
        "ben",
        [lambda cast, it: comments.add_comment(cast.ben, it, None, "All done?")],
        lambda cast, it: comments.edit_comment(cast.ben, db.session.query(Comment).one(), "Done.", None),
    ),
    "resolve": (
        "cleo",
        [lambda cast, it: comments.add_comment(cast.ben, it, living(1), "All done?")],
        lambda cast, it: comments.resolve_thread(cast.cleo, db.session.query(Comment).one()),
    ),
    "ask": ("ben", [], lambda cast, it: contacts.add_contact(cast.ben, living(1), ASKED)),
    "suggest": ("ben", [], lambda cast, it: corrections.propose_correction(cast.ben, living(1), OTHER)),
    "sign off": ("ada", [], lambda cast, it: signing_off.sign_off(cast.ada, living(1))),
    "withdraw a sign-off": (
        "ada",
        [lambda cast, it: signing_off.sign_off(cast.ada, living(1))],
        lambda cast, it: signing_off.withdraw_sign_off(cast.ada, living(1)),
    ),
    "assign": (
        "ada",
        [],
        lambda cast, it: assigning.assign(cast.ada, it, living(2), assigning.person_named("ben")),
    ),
    "describe": (
        "ada",
        [],
        lambda cast, it: articles.describe_article(cast.ada, it, articles.Details("Other"), it.row_version),
    ),
    "arrange": ("ada", [], lambda cast, it: arranging.arrange_article(cast.ada, it, Arrangement("ben"), None)),
    "archive": ("ada", [], lambda cast, it: articles.archive_article(cast.ada, it)),
    "next draft": ("ada", [], lambda cast, it: draft(cast.ada, it, CHANGED)),
    "next draft of what is signed off": (
        "ada",
        [lambda cast, it: sign_all(cast, it)],
        lambda cast, it: draft(cast.ada, it, CHANGED),
    ),
    "drop words": ("ben", [], lambda cast, it: draft(cast.ben, it, DROPPED)),
    "still stands": (
        "ben",
        [lambda cast, it: draft(cast.ada, it, CHANGED)],
        lambda cast, it: places.still_stands(cast.ben, living(1)),
    ),
    "let its words go": (
        "ben",
        [lambda cast, it: draft(cast.ada, it, CHANGED)],
        lambda cast, it: places.detach(cast.ben, living(1)),
    ),
    "put on other words": (
        "ben",
        [lambda cast, it: draft(cast.ada, it, DROPPED)],
        lambda cast, it: places.put_on_words(cast.ben, living(2), "kept the accounts"),
    ),
    "close": (
        "ben",
        [lambda cast, it: draft(cast.ada, it, DROPPED)],
        lambda cast, it: places.close_annotation(cast.ben, living(2), "The quote was dropped."),
    ),
    "take up": (
        "ben",
        [
            lambda cast, it: draft(cast.ada, it, DROPPED),
            lambda cast, it: places.close_annotation(cast.ada, living(2), "The quote was dropped."),
        ],
        lambda cast, it: places.take_up(cast.ben, living(2)),
    ),
    "bring closed words back": (
        "ben",
        [
            lambda cast, it: draft(cast.ada, it, DROPPED),
            lambda cast, it: places.close_annotation(cast.ada, living(2), "The quote was dropped."),
        ],
        lambda cast, it: draft(cast.ben, it, TEXT),
    ),
    "apply a correction": (
        "ada",
        [
            lambda cast, it: corrections.propose_correction(cast.ada, living(1), CORRECTED),
            lambda cast, it: corrections.decide_correction(cast.ada, correction(), "accepted", "Yes.", None),
        ],
        lambda cast, it: draft(cast.ada, it, CHANGED),
    ),
    "mark sentences clear": ("ben", [], lambda cast, it: reading_through.clear_sentences(cast.ben, it, 1, range(4))),
    "mark a sentence unread": (
        "ben",
        [lambda cast, it: reading_through.clear_sentences(cast.ada, it, 1, [3])],
        lambda cast, it: reading_through.unclear_sentences(cast.ben, it, 1, [3]),
    ),
    "sign the article off": (
        "ada",
        [lambda cast, it: reading_through.clear_sentences(cast.ben, it, 1, range(4))],
        lambda cast, it: article_sign_offs.sign_off_article(cast.ada, it, "Runs on Friday."),
    ),
    "withdraw the article's sign-off": (
        "ada",
        [lambda cast, it: sign_all(cast, it)],
        lambda cast, it: article_sign_offs.withdraw(cast.ada, it),
    ),
}
