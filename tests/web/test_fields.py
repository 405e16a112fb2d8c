"""The fields of a kind on the card: one form with the party, saved alone or with a note; a speaker to accept."""

from __future__ import annotations

import pytest

from annotator.extensions import db
from annotator.models import Annotation, Event
from annotator.vocabulary import FIELDS
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, all_of, described_error, mark, one, send, values, words
from tests.web.test_beside import opened, save, stored

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FORM = "form.card-party-form"
WORDS = {"claim": "4.2 million crowns", "quote": "told to sign", "denial": "denies that any payment was made"}
TYPED = {
    "claim": {
        "harm": "high",
        "wording": "It paid.",
        "rests_on": "A ledger",
        "said_at": "12 March 2026",
        "appearance_url": "court.example/a",
    },
    "quote": {
        "title_as_printed": "accountant",
        "directness": "partial",
        "original_words": "Vi signerte",
        "context_ok": "no",
    },
    "denial": {"denial_form": "full", "on_behalf_of": "The authority", "allegation": "That it paid"},
}
KEPT = {
    "claim": TYPED["claim"] | {"said_at": "2026-03-12", "appearance_url": "https://court.example/a"},
    "quote": TYPED["quote"] | {"context_ok": False},
    "denial": {"form": "full", "on_behalf_of": "The authority", "allegation": "That it paid"},
}


@pytest.fixture
def marks(cast: Cast) -> dict[str, str]:
    """One annotation of each kind, as uuids."""
    article = make_article(cast.ada)
    return {kind: make_annotation(cast.ben, article, words, kind=kind).uuid for kind, words in WORDS.items()}


@pytest.mark.parametrize("kind", list(FIELDS))
def test_all_fields_of_a_kind_are_saved_and_shown(ben: StrictClient, marks: dict[str, str], kind: str) -> None:
    uuid = marks[kind]
    answer = send(ben, f"/annotations/{uuid}/party", {"party": "Ingrid", "row": "1"} | TYPED[kind])
    assert answer.status_code == 200
    assert stored(uuid).fields == KEPT[kind]
    assert stored(uuid).row_version == 2
    shown = values(answer, FORM)
    assert {name: shown[name] for name in TYPED[kind]} == TYPED[kind] | {
        name: value for name, value in KEPT[kind].items() if isinstance(value, str) and name in TYPED[kind]
    }
    send(ben, f"/annotations/{uuid}/party", {"row": "2"} | dict.fromkeys(TYPED[kind], ""))
    assert stored(uuid).fields == {}
    assert stored(uuid).party.name == "Ingrid"  # type: ignore[union-attr]


REFUSED = [
    ("claim", "harm", "extreme"),
    ("claim", "said_at", "yesterday"),
    ("claim", "appearance_url", "javascript:alert(1)"),
    ("quote", "context_ok", "perhaps"),
    ("denial", "denial_form", "loud"),
]


@pytest.mark.parametrize(("kind", "name", "typed"), REFUSED)
@pytest.mark.parametrize("along", [False, True])
@ON_ONE
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    ben: StrictClient, marks: dict[str, str], kind: str, name: str, typed: str, along: bool
) -> None:
    uuid = marks[kind]
    if along:
        answer = save(ben, uuid, opened(ben, uuid), party="Ingrid", body="Asked.", **{name: typed})
    else:
        answer = send(ben, f"/annotations/{uuid}/party", {"party": "Ingrid", name: typed})
    assert answer.status_code == 422
    assert described_error(answer, name)
    assert (values(answer, FORM)["party"], stored(uuid).party, stored(uuid).fields) == ("Ingrid", None, {})
    if name in ("said_at", "appearance_url", "context_ok"):
        assert "open" in one(answer, f"{FORM} details").attributes


def test_one_save_keeps_the_fields_and_the_note(ben: StrictClient, marks: dict[str, str]) -> None:
    uuid = marks["claim"]
    answer = save(ben, uuid, opened(ben, uuid), party="The bank", harm="high", body="Asked them.")
    assert answer.status_code == 200
    assert (stored(uuid).fields, stored(uuid).party.name) == ({"harm": "high"}, "The bank")  # type: ignore[union-attr]
    assert words(answer, ".note-body") == "Asked them."


def test_a_field_that_nobody_touched_is_not_written_over(
    ada: StrictClient, ben: StrictClient, marks: dict[str, str]
) -> None:
    uuid = marks["claim"]
    card = opened(ben, uuid)
    send(ada, f"/annotations/{uuid}/party", {"harm": "high"})
    assert save(ben, uuid, card, body="Asked them.").status_code == 200
    assert stored(uuid).fields == {"harm": "high"}
    assert save(ben, uuid, card, wording="It paid.").status_code == 412
    assert stored(uuid).fields == {"harm": "high"}


@ON_ONE
def test_a_speaker_is_offered_until_one_is_named(ben: StrictClient, marks: dict[str, str]) -> None:
    uuid = marks["quote"]
    card = ben.get(f"/annotations/{uuid}", headers=PARTIAL)
    assert one(card, "[name=take]").attributes["value"] == "Ingrid Solheim"
    assert all_of(ben.get(f"/annotations/{marks['claim']}", headers=PARTIAL), "[name=take]") == []
    answer = send(ben, f"/annotations/{uuid}/party", {"take": "Ingrid Solheim", "party": "", "row": "1"})
    assert values(answer, FORM)["party"] == "Ingrid Solheim"
    assert all_of(answer, "[name=take]") == []


@ON_ONE
def test_nothing_is_named_without_a_person(ben: StrictClient, cast: Cast) -> None:
    article = make_article(cast.ada, text="“We signed,” said Zoë Ångström.")
    answer = mark(ben, article.id, {"version": 1, "start": 1, "end": 11, "exact": "We signed,", "kind": "quote"})
    assert answer.headers["X-Speaker"] == "Zo%C3%AB%20%C3%85ngstr%C3%B6m"
    assert db.session.query(Annotation).one().party is None
    assert db.session.query(Event).filter_by(verb="annotation.party_named").count() == 0
