"""Who claims, says or denies, and what a denial denies."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from annotator.extensions import db
from annotator.models import Annotation, Article, Event, Party, Relation
from tests.builders import make_annotation, make_article
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import PARTIAL, address, all_of, described_error, one, partial, send, targets, values, words

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PARTY, DENIES = "form.card-party-form", "form.card-denies"


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article."""
    return make_article(cast.ada)


@pytest.fixture
def marks(cast: Cast, article: Article) -> dict[str, str]:
    """Two claims, a quote and two denials by name, as uuids."""
    made = {
        "claim": make_annotation(cast.ben, article, "4.2 million crowns"),
        "second": make_annotation(cast.ben, article, "cranes that never arrived"),
        "quote": make_annotation(cast.ben, article, "told to sign", kind="quote"),
        "denial": make_annotation(cast.ben, article, "denies that any payment was made", kind="denial"),
        "other": make_annotation(cast.ben, article, "No money has left this house", kind="denial"),
    }
    return {name: annotation.uuid for name, annotation in made.items()}


def name_it(client: StrictClient, uuid: str, party: str, **more: str) -> TestResponse:
    """Say whose it is."""
    return send(client, f"/annotations/{uuid}/party", {"party": party, **more})


def deny(client: StrictClient, uuid: str, target: str, **more: str) -> TestResponse:
    """Link a denial."""
    return send(client, f"/annotations/{uuid}/denies", {"denies": target, **more})


def stored(uuid: str) -> Annotation:
    """An annotation as it is now."""
    db.session.rollback()
    return db.session.query(Annotation).filter_by(uuid=uuid).one()


def told(uuid: str) -> list[tuple[str, Any, Any]]:
    """The history of an annotation after it was made."""
    db.session.rollback()
    events = db.session.query(Event).filter_by(subject=uuid).order_by(Event.id).all()
    return [(event.verb, event.before, event.after) for event in events[1:]]


def ties(card: TestResponse) -> list[str]:
    """What a card says it is tied to."""
    return [" ".join(tie.text().split()) for tie in all_of(card, ".card-ties li span")]


LABELS = [("claim", "Claimant"), ("quote", "Speaker"), ("denial", "Denier")]


@pytest.mark.parametrize(("name", "label"), LABELS)
@ON_ONE
def test_the_party_is_called_what_it_is(ben: StrictClient, marks: dict[str, str], name: str, label: str) -> None:
    card = ben.get(f"/annotations/{marks[name]}", headers=PARTIAL)
    assert words(card, "label[for=field-party]") == label
    assert bool(all_of(card, DENIES)) == (name == "denial")


def test_a_party_is_named_known_and_told(ben: StrictClient, marks: dict[str, str]) -> None:
    uuid = marks["quote"]
    answer = name_it(ben, uuid, " Ingrid   Solheim ", role="accountant", organisation="Harbour authority", row="1")
    assert answer.status_code == 200
    assert (stored(uuid).party.name, stored(uuid).row_version) == ("Ingrid Solheim", 2)
    assert words(ben.get(f"/annotations/{uuid}/closed", headers=PARTIAL), ".card-party") == "Ingrid Solheim"
    form = values(answer, PARTY)
    assert (form["party"], form["role"], form["organisation"]) == ("Ingrid Solheim", "accountant", "Harbour authority")
    after = {"party": "Ingrid Solheim", "role": "accountant", "organisation": "Harbour authority"}
    assert told(uuid) == [("annotation.party_named", dict.fromkeys(after), after)]


@pytest.mark.parametrize("again", ["ingrid SOLHEIM", "Ingrid Solheim ", "Ｉngrid Solheim"])
def test_one_name_is_one_party(ben: StrictClient, marks: dict[str, str], again: str) -> None:
    name_it(ben, marks["claim"], "Ingrid Solheim", role="accountant")
    name_it(ben, marks["quote"], again)
    party = db.session.query(Party).one()
    assert (party.name, party.role) == ("Ingrid Solheim", "accountant")
    assert stored(marks["quote"]).party_id == party.id


def test_another_role_is_a_change_like_any_other(ben: StrictClient, marks: dict[str, str]) -> None:
    uuid = marks["claim"]
    name_it(ben, uuid, "Ingrid", role="clerk")
    name_it(ben, uuid, "Ingrid", role="accountant", row="2")
    name_it(ben, uuid, "Ingrid", row="3")
    before, after = {"party": "Ingrid", "role": "clerk"}, {"party": "Ingrid", "role": "accountant"}
    assert told(uuid)[1:] == [("annotation.party_named", before, after)]
    assert stored(uuid).row_version == 3


@pytest.mark.parametrize("empty", ["", "  ", "\u200b"])
@ON_ONE
def test_an_empty_name_takes_the_party_away(ben: StrictClient, marks: dict[str, str], empty: str) -> None:
    uuid = marks["claim"]
    name_it(ben, uuid, "Ingrid")
    assert name_it(ben, uuid, empty).status_code == 200
    assert stored(uuid).party is None
    assert told(uuid)[-1] == ("annotation.party_named", {"party": "Ingrid"}, {"party": None})


WRONG = [
    ("party", "N" * 201, "At most 200"),
    ("party", "a\x00b", "NUL"),
    ("party", "ﷺ" * 100, "too long"),
    ("role", "R" * 201, "At most 200"),
    ("organisation", "O" * 201, "At most 200"),
    ("organisation", "\x1b[31m", "control character"),
]


def test_a_name_that_will_not_do(ben: StrictClient, marks: dict[str, str]) -> None:
    for field, value, says in WRONG:
        sent = {"party": "Ingrid", "role": "clerk", "organisation": "Harbour", field: value}
        answer = send(ben, f"/annotations/{marks['claim']}/party", sent)
        assert (answer.status_code, says in described_error(answer, field)) == (422, True), (field, value[:20])
        kept = values(answer, PARTY)
        assert {name: kept[name] for name in sent} == {name: text.replace("\x00", "�") for name, text in sent.items()}
    assert (stored(marks["claim"]).party, db.session.query(Party).count()) == (None, 0)


@pytest.mark.parametrize("htmx", [True, False])
@ON_ONE
def test_the_second_to_name_sees_both(ada: StrictClient, ben: StrictClient, marks: dict[str, str], htmx: bool) -> None:
    uuid = marks["claim"]
    name_it(ada, uuid, "What Ada found", row="1")
    answer = send(ben, f"/annotations/{uuid}/party", {"party": "What Ben found", "row": "1"}, htmx=htmx)
    assert answer.status_code == 412
    assert words(answer, f"{PARTY} .stored") == "Stored now: What Ada found"
    assert values(answer, PARTY)["party"] == "What Ben found"
    assert stored(uuid).party.name == "What Ada found"
    assert send(ben, f"/annotations/{uuid}/party", values(answer, PARTY)).status_code == 200
    assert stored(uuid).party.name == "What Ben found"


SEARCHES = [
    ("ingrid", ["Ingrid Solheim", "INGRID Moe"]),
    ("SOL", ["Ingrid Solheim"]),
    ("%", []),
    ("_", []),
    ("\x00", ["Ingrid Solheim", "INGRID Moe", "Zoë"]),
    ("x" * 100_000, []),
]


def test_earlier_parties_are_offered(ben: StrictClient, marks: dict[str, str]) -> None:
    for name, party in (
        ("claim", "INGRID Moe"),
        ("quote", "Ingrid Solheim"),
        ("second", "Ingrid Solheim"),
        ("denial", "Zoë"),
    ):
        name_it(ben, marks[name], party)
    for typed, found in SEARCHES:
        answer = ben.get(address("/parties/suggestions", party=typed))
        assert [option.attributes["value"] for option in all_of(answer, "option")] == found, typed[:20]


def test_a_denial_is_linked_and_both_cards_say_so(ben: StrictClient, marks: dict[str, str]) -> None:
    answer = deny(ben, marks["denial"], marks["claim"], row="1")
    assert answer.status_code == 200
    assert ties(answer) == ["Denies Claim 1"]
    assert values(answer, DENIES)["denies"] == marks["claim"]
    assert ties(ben.get(f"/annotations/{marks['claim']}", headers=PARTIAL)) == ["Is denied by Denial 4"]
    assert targets(answer) == ["#b0", "#b2", "#card-1", "#tally"]
    assert 'data-row="2"' in partial(answer, "#card-1")
    assert told(marks["denial"]) == [("relation.added", None, {"type": "denies", "to": marks["claim"]})]


def test_a_link_that_moves_on_frees_the_first(ada: StrictClient, ben: StrictClient, marks: dict[str, str]) -> None:
    deny(ada, marks["denial"], marks["claim"])
    revision = stored(marks["claim"]).article.revision
    answer = deny(ada, marks["denial"], marks["second"])
    assert [target for target in targets(answer) if "card" in target] == ["#card-1", "#card-2"]
    assert 'data-row="3"' in partial(answer, "#card-1")
    article_id = stored(marks["claim"]).article_id
    news = ben.get(f"/articles/{article_id}/changes?since={revision}&version=1", headers=PARTIAL)
    assert targets(news).count("#cards") == 3
    assert db.session.query(Relation).count() == 1
    assert deny(ada, marks["denial"], "").status_code == 200
    assert db.session.query(Relation).count() == 0
    assert told(marks["denial"])[-1] == ("relation.removed", {"type": "denies", "to": marks["second"]}, None)


@ON_ONE
def test_only_claims_and_quotes_of_the_article_are_offered_and_taken(
    ben: StrictClient, cast: Cast, marks: dict[str, str]
) -> None:
    foreign = make_annotation(cast.ben, make_article(cast.ada), "cranes").uuid
    card = ben.get(f"/annotations/{marks['denial']}", headers=PARTIAL)
    offered = [option.attributes["value"] for option in all_of(card, f"{DENIES} option")]
    assert offered == ["", marks["second"], marks["claim"], marks["quote"]]
    for wrong in (foreign, marks["other"], marks["denial"], str(uuid4()), "nonsense", "\x00"):
        answer = deny(ben, marks["denial"], wrong)
        assert answer.status_code == 422
        assert described_error(answer, "denies").endswith(".")
    assert deny(ben, marks["claim"], marks["second"]).status_code == 422
    assert db.session.query(Relation).count() == 0
    assert deny(ben, marks["denial"], marks["quote"]).status_code == 200


KINDS = [
    ("denial", "claim", 0, True),
    ("claim", "denial", 0, True),
    ("claim", "quote", 1, False),
]


@pytest.mark.parametrize(("name", "kind", "left", "is_told"), KINDS)
def test_another_kind_drops_what_it_does_not_allow(
    ben: StrictClient, marks: dict[str, str], name: str, kind: str, left: int, is_told: bool
) -> None:
    deny(ben, marks["denial"], marks["claim"])
    answer = send(ben, f"/annotations/{marks[name]}/kind", {"kind": kind})
    assert answer.status_code == 200
    assert db.session.query(Relation).count() == left
    dropped = ("relation.removed", {"type": "denies", "to": marks["claim"]}, None)
    assert (dropped in told(marks["denial"])) == is_told
    rows = {card: stored(marks[card]).row_version for card in ("denial", "claim")}
    for card in all_of(answer, "article.card"):
        uuid = card.attributes["data-annotation"]
        names = [known for known, key in marks.items() if key == uuid]
        assert card.attributes["data-row"] == str(rows[names[0]])
    assert {card.attributes["data-annotation"] for card in all_of(answer, "article.card")} == {
        marks["denial"],
        marks["claim"],
    }


def test_a_denied_claim_that_is_deleted_is_named_and_comes_back(ben: StrictClient, marks: dict[str, str]) -> None:
    deny(ben, marks["denial"], marks["claim"])
    answer = send(ben, f"/annotations/{marks['claim']}/deletion")
    assert "#cards" in targets(answer)
    card = ben.get(f"/annotations/{marks['denial']}", headers=PARTIAL)
    assert (
        words(card, ".card-ties p") == "Denies Claim 1, which has been deleted. Restoring it brings the tie back. Untie"
    )
    assert values(card, DENIES)["denies"] == ""
    send(ben, f"/annotations/{marks['claim']}/restoration")
    assert ties(ben.get(f"/annotations/{marks['denial']}", headers=PARTIAL)) == ["Denies Claim 1"]


def test_what_is_tied_to_a_deleted_claim_counts_as_changed(ben: StrictClient, marks: dict[str, str]) -> None:
    deny(ben, marks["denial"], marks["claim"])
    rows = [stored(marks["denial"]).row_version]
    for act in ("deletion", "restoration"):
        send(ben, f"/annotations/{marks['claim']}/{act}")
        rows.append(stored(marks["denial"]).row_version)
    assert rows == sorted(set(rows))


def test_a_denial_whose_claim_is_gone_can_deny_another(ben: StrictClient, marks: dict[str, str]) -> None:
    deny(ben, marks["denial"], marks["claim"])
    send(ben, f"/annotations/{marks['claim']}/deletion")
    assert deny(ben, marks["denial"], marks["second"]).status_code == 200
    assert ties(ben.get(f"/annotations/{marks['denial']}", headers=PARTIAL)) == ["Denies Claim 2"]
    assert one(ben.get(f"/annotations/{marks['second']}", headers=PARTIAL), ".card-ties a").text() == "Denial 4"


@ON_ONE
def test_the_second_to_link_sees_what_is_linked(ada: StrictClient, ben: StrictClient, marks: dict[str, str]) -> None:
    deny(ada, marks["denial"], marks["claim"], row="1")
    answer = deny(ben, marks["denial"], marks["second"], row="1")
    assert answer.status_code == 412
    assert ties(answer) == ["Denies Claim 1"]
    assert values(answer, DENIES)["denies"] == marks["second"]
