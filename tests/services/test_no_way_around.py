"""Whatever three people do, in whatever order: no guard is got around, and everything derived is as it must be."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.errors import DomainError
from annotator.extensions import db
from annotator.extract import from_paste
from annotator.models import Annotation, Article, Contact, Correction, Note, Source
from annotator.queries import records
from annotator.services import (
    annotations,
    contacts,
    corrections,
    fields,
    loading,
    notes,
    parties,
    places,
    relations,
    signing_off,
    sources,
    versions,
)
from annotator.services.anchoring import Place, newest_number
from annotator.services.contacts import Asking
from annotator.services.corrections import Suggestion
from annotator.services.evidence import Piece
from annotator.services.guards import SIGN_OFF
from annotator.services.notes import Written
from annotator.services.parties import Named
from annotator.services.states import edited_since, follows, original_of, settle_state, state_of, why_not
from annotator.services.undoing import redo, undo
from annotator.services.verdicts import standing
from annotator.vocabulary import CORRECTION_STATES, KINDS, RELATIONS, STATES
from tests import builders
from tests.cast import Cast

WORDS = "4.2 million crowns", "4.2 million crowns for cranes"
EDITS = [
    ("4.2 million crowns for cranes that never arrived", "a lot"),
    ("4.2", "4.6"),
    ("cranes that never arrived, documents show", "cranes, documents show"),
    ("The harbour", "It rained all week. The harbour"),
]
VERDICTS = "accurate", "false", "not_checkable", None
STORED = "state", "verdict", "verdict_by_id", "readers", "weak", "open_contacts", "open_corrections", "open_comments"
ACTS_A_RUN = 60
RUNS = 6


class Desk:
    """Three people at work on two annotations, by the roll of a die."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.die, self.people = random.Random(seed), (cast.ada, cast.ben, cast.cleo)
        self.article: Article = builders.make_article(cast.ada)
        first = builders.make_annotation(cast.ben, self.article, WORDS[0])
        second = builders.make_annotation(cast.ada, self.article, "cranes that never arrived")
        self.uuids = first.uuid, second.uuid
        self.done: list[str] = []

    def roll(self) -> None:
        """Somebody does something; what is refused changes nothing."""
        act = self.die.choice(ACTS)
        actor, uuid = self.die.choice(self.people), self.die.choice(self.uuids)
        try:
            with unit_of_work():
                act(self, actor, loading.annotation(actor, uuid, deleted=True))
        except DomainError:
            return
        self.done.append(f"{actor.username} {act.__name__} {self.uuids.index(uuid)}")

    def one(self, model: Any, annotation: Annotation) -> Any:
        """Any row of this kind beneath the annotation; without one the act is off."""
        found = list(db.session.query(model).filter_by(annotation_id=annotation.id).order_by(model.id))
        if not found:
            raise DomainError("nothing there")
        return self.die.choice(found)

    def source(self) -> Source:
        """Any source; without one the act is off."""
        found = list(db.session.query(Source).order_by(Source.id))
        if not found:
            raise DomainError("nothing there")
        return self.die.choice(found)

    def written(self) -> Written:
        """Something to say, with evidence or without."""
        pieces = tuple(Piece(url=url, source_type="primary") for url in ("https://a.example/", "https://b.example/"))
        return Written(
            "Seen." * self.die.randint(0, 1), self.die.choice(VERDICTS), None, pieces[: self.die.randint(0, 2)]
        )


def write(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    notes.add_note(actor, annotation, desk.written())


def edit(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    notes.edit_note(actor, desk.one(Note, annotation), desk.written(), None)


def take_note_back(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    notes.take_back_note(actor, desk.one(Note, annotation))


def bring_note_back(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    notes.bring_back_note(actor, desk.one(Note, annotation))


def move(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    words = desk.die.choice(WORDS)
    number = newest_number(desk.article.id)
    if words not in builders.text_of(desk.article, number):
        raise DomainError("not in this version")
    place: Place = builders.place_of(desk.article, words, version=number)
    annotations.move_annotation(actor, annotation, place, None)


def retag(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    annotations.change_kind(actor, annotation, desk.die.choice(list(KINDS)), None)


def delete(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    annotations.delete_annotation(actor, annotation, None)


def restore(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    annotations.restore_annotation(actor, annotation)


def ask(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    contacts.add_contact(actor, annotation, Asking(Named("Harbour authority"), "email", "Is it so?"))


def answer(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    contact = desk.one(Contact, annotation)
    asking = Asking(Named("Harbour authority"), "email", "Is it so?", outcome=desk.die.choice(["", "declined"]))
    contacts.change_contact(actor, contact, asking, None)


def propose(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    corrections.propose_correction(actor, annotation, Suggestion("4.3 million crowns", "As in the ledger.", "fact"))


def decide(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    state = desk.die.choice(list(CORRECTION_STATES)[1:3])
    corrections.decide_correction(actor, desk.one(Correction, annotation), state, "So it is.", None)


def withdraw(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    sources.withdraw_source(actor, desk.source(), "It is forged.")


def reinstate(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    sources.reinstate_source(actor, desk.source())


def sign(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    signing_off.sign_off(actor, annotation)


def unsign(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    signing_off.withdraw_sign_off(actor, annotation)


def resolve(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    notes.resolve_disagreement(actor, annotation, desk.die.choice(VERDICTS[:3]) or "false", "I asked both.")


def name(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    parties.name_party(actor, annotation, Named(desk.die.choice(["Harbour authority", "Ingrid", ""])), None)


def tell(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    told = {"wording": desk.die.choice(["They paid.", "They did not.", None])} if annotation.kind == "claim" else {}
    fields.set_fields(actor, annotation, told, None)


def relate(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    relations.relate(actor, annotation, desk.die.choice(list(RELATIONS)), desk.die.choice(desk.uuids))


def unrelate(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    relations.unrelate(actor, annotation, "repeats", desk.die.choice(desk.uuids))


def draft(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    text = builders.TEXT
    for old, new in desk.die.sample(EDITS, desk.die.randint(0, 2)):
        text = text.replace(old, new)
    prepared = versions.prepare(desk.article.id, from_paste(text).drafts, "paste")
    versions.add_version(actor, annotation.article, prepared)


def confirm(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    places.still_stands(actor, annotation)


def detach(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    places.detach(actor, annotation)


def close(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    places.close_annotation(actor, annotation, "It was dropped.")


def take_up(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    places.take_up(actor, annotation)


def take_back(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    undo(actor, annotation.article)


def do_again(desk: Desk, actor: Actor, annotation: Annotation) -> None:
    redo(actor, annotation.article)


ACTS: tuple[Callable[[Desk, Actor, Annotation], None], ...] = (
    *(write, write, write, edit, take_note_back, bring_note_back, move, retag, delete, restore, ask, answer, answer),
    *(propose, decide, decide, withdraw, reinstate, sign, sign, sign, unsign, resolve, relate, unrelate),
    *(name, tell, draft, draft, confirm, detach, close, take_up, take_back, take_back, do_again),
)


def wrong(uuid: str) -> list[str]:
    """What stands in the database about an annotation that must not."""
    it = records.record(uuid, deleted=True)
    original = original_of(it)
    now = standing(it, original)
    found = [] if it.state == state_of(it, now, original) else [f"{it.state} is not {state_of(it, now, original)}"]
    if it.signed_off:
        found += why_not(it, original).values()
        found += ["signed by who gave it"] if it.signed_off.by.username == now.by else []
        found += ["words"] if it.signed_off.exact != it.anchor.exact else []
        found += ["an edited note"] if edited_since(it.signed_off.at, it, original) else []
        found += ["verdict"] if it.signed_off.verdict != now.verdict else []
    if it.state in ("checked", "signed_off") and not follows(it):
        found += [f"no {name}" for name in ("verdict", "note", "evidence") if SIGN_OFF[name](it, now)]
    return found


def unsettled(cast: Cast, uuid: str) -> list[str]:
    """What another settling would change."""
    with unit_of_work():
        annotation = loading.annotation(cast.ada, uuid, deleted=True)
        before = {name: getattr(annotation, name) for name in STORED}
        settle_state(cast.ada, annotation)
        return [name for name, value in before.items() if getattr(annotation, name) != value]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_order_of_acts_leads_around_a_guard(cast: Cast) -> None:
    seen: set[str] = set()
    for seed in range(RUNS):
        desk = Desk(cast, seed)
        for _ in range(ACTS_A_RUN):
            desk.roll()
            for uuid in desk.uuids:
                assert (wrong(uuid), unsettled(cast, uuid)) == ([], []), f"seed {seed}: {desk.done[-12:]}"
                seen.add(records.record(uuid, deleted=True).state)
    assert seen == set(STATES)
