"""The shared records of parties: found by alias, renamed, merged; and what pages and programs read of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator import clock
from annotator.db import unit_of_work
from annotator.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from annotator.extensions import db
from annotator.models import Annotation, Article, Contact, Event, Party
from annotator.queries import parties as query
from annotator.services import loading, party_records
from annotator.services.parties import Named, name_party
from tests.builders import make_annotation, make_article
from tests.cast import Cast


def name(cast: Cast, annotation: Annotation, party: str, **more: str) -> Party:
    """Say whose it is."""
    with unit_of_work():
        named = loading.annotation(cast.ben, annotation.uuid)
        name_party(cast.ben, named, Named(party, **more), None)
        found = named.party
    assert found is not None
    return found


@pytest.fixture
def marks(cast: Cast) -> list[Annotation]:
    """A claim and a quote in one article, a claim in another."""
    first, second = make_article(cast.ada), make_article(cast.ada, title="Cranes again")
    return [
        make_annotation(cast.ben, first, "4.2 million crowns"),
        make_annotation(cast.ben, first, "told to sign", kind="quote"),
        make_annotation(cast.ben, second, "cranes"),
    ]


def act(cast: Cast, verb: Callable[..., Any], *uuids: str, who: str = "ben", **more: Any) -> Any:
    """Let somebody do something with these parties."""
    with unit_of_work():
        actor = getattr(cast, who)
        return verb(actor, *loading.parties(actor, *uuids), **more)


def fresh(uuid: str) -> Party:
    """A party as it is now."""
    db.session.rollback()
    return db.session.query(Party).filter_by(uuid=uuid).one()


def told(verb: str) -> list[tuple[int | None, Any, Any]]:
    """What history says: of which annotation, before, after."""
    db.session.rollback()
    events = db.session.query(Event).filter_by(verb=verb).order_by(Event.id)
    return [(event.annotation_id, event.before, event.after) for event in events]


def test_a_party_is_found_by_its_alias(cast: Cast, marks: list[Annotation]) -> None:
    uuid = name(cast, marks[0], "Ingrid Solheim").uuid
    assert act(cast, party_records.add_alias, uuid, typed=" I.  Solheim ")
    assert not act(cast, party_records.add_alias, uuid, typed="i. solheim")
    assert not act(cast, party_records.add_alias, uuid, typed="INGRID SOLHEIM")
    assert name(cast, marks[1], "I. SOLHEIM").uuid == uuid
    assert [alias.name for alias in fresh(uuid).aliases] == ["I. Solheim"]
    assert act(cast, party_records.remove_alias, uuid, typed="I. Solheim")
    assert not act(cast, party_records.remove_alias, uuid, typed="I. Solheim")
    assert name(cast, marks[1], "I. Solheim").uuid != uuid
    assert told("party.alias_added") == [(None, None, {"alias": "I. Solheim"})]


WRONG = ["", "  ", "x" * 201, "a\x00"]


@pytest.mark.parametrize("typed", WRONG)
def test_a_name_that_will_not_do(cast: Cast, marks: list[Annotation], typed: str) -> None:
    uuid = name(cast, marks[0], "Ingrid").uuid
    for verb, more in (
        (party_records.add_alias, {"typed": typed}),
        (party_records.edit_party, {"values": {"name": typed}, "expected": None}),
    ):
        with pytest.raises(Invalid) as refusal:
            act(cast, verb, uuid, **more)
        assert list(refusal.value.fields) == ["name"]


def test_no_two_parties_share_a_name_or_an_alias(cast: Cast, marks: list[Annotation]) -> None:
    first, second = name(cast, marks[0], "Ingrid").uuid, name(cast, marks[1], "Jonas").uuid
    act(cast, party_records.add_alias, second, typed="J. B.")
    for taken in ("JONAS", "j. b."):
        with pytest.raises(Conflict, match="Jonas has this name already"):
            act(cast, party_records.add_alias, first, typed=taken)
        with pytest.raises(Conflict):
            act(cast, party_records.edit_party, first, values={"name": taken}, expected=None)


def test_a_party_is_edited_everywhere(cast: Cast, marks: list[Annotation]) -> None:
    uuid = name(cast, marks[0], "Ingrid", role="clerk").uuid
    name(cast, marks[2], "Ingrid")
    act(cast, party_records.add_alias, uuid, typed="Ingrid Solheim")
    rows = [db.session.get_one(Annotation, mark.id).row_version for mark in marks]
    revisions = [article.revision for article in db.session.query(Article).order_by(Article.id)]
    seen = fresh(uuid).row_version
    act(cast, party_records.edit_party, uuid, values={"name": "Ingrid Solheim", "role": ""}, expected=seen)
    assert (fresh(uuid).name, fresh(uuid).role, fresh(uuid).aliases) == ("Ingrid Solheim", "", [])
    now = [db.session.get_one(Annotation, mark.id).row_version for mark in marks]
    assert [later - earlier for earlier, later in zip(rows, now, strict=True)] == [1, 0, 1]
    assert [article.revision for article in db.session.query(Article).order_by(Article.id)] > revisions
    before, after = {"party": "Ingrid", "role": "clerk"}, {"party": "Ingrid Solheim", "role": None}
    assert told("party.edited") == [(marks[0].id, before, after), (marks[2].id, before, after)]
    with pytest.raises(Stale):
        act(cast, party_records.edit_party, uuid, values={"role": "accountant"}, expected=seen)


def ask(cast: Cast, annotation: Annotation, party: Party) -> None:
    """Note that a party was asked."""
    now = clock.now()
    with unit_of_work():
        asked = Contact(uuid=f"{annotation.id:036d}", annotation_id=annotation.id, party_id=party.id, questions="When?")
        asked.asked_by_id, asked.channel, asked.asked_at = cast.ben.id, "email", now
        asked.created_at = asked.updated_at = now
        db.session.add(asked)


def test_two_that_are_one_are_merged(cast: Cast, marks: list[Annotation]) -> None:
    into, other = name(cast, marks[0], "Ingrid Solheim"), name(cast, marks[1], "I. Solheim", role="accountant")
    keys = into.uuid, other.uuid
    name(cast, marks[2], "I. Solheim")
    act(cast, party_records.add_alias, keys[1], typed="Mrs Solheim")
    ask(cast, marks[0], other)
    with pytest.raises(Forbidden):
        act(cast, party_records.merge_parties, *keys)
    act(cast, party_records.merge_parties, *keys, who="ada")
    assert {mark.party.uuid for mark in db.session.query(Annotation)} == {keys[0]}
    assert db.session.query(Contact).one().party.uuid == keys[0]
    assert [alias.name for alias in fresh(keys[0]).aliases] == ["I. Solheim", "Mrs Solheim"]
    assert fresh(keys[0]).role == "accountant"
    assert fresh(keys[1]).merged_into_id == fresh(keys[0]).id
    assert name(cast, marks[1], "I. Solheim").uuid == keys[0]
    assert query.party(keys[1]).id == keys[0]
    assert [found.name for found in query.suggestions("mrs")] == ["Ingrid Solheim"]
    assert [found[0] for found in told("party.merged")] == [marks[1].id, marks[2].id]
    with pytest.raises(NotFound):
        act(cast, party_records.merge_parties, *keys, who="ada")
    with pytest.raises(Invalid):
        act(cast, party_records.merge_parties, keys[0], keys[0], who="ada")


def test_a_party_may_take_the_name_of_one_that_was_merged(cast: Cast, marks: list[Annotation]) -> None:
    keys = name(cast, marks[0], "Ingrid").uuid, name(cast, marks[1], "Ingrid Solheim").uuid
    act(cast, party_records.merge_parties, *keys, who="ada")
    act(cast, party_records.edit_party, keys[0], values={"name": "Ingrid Solheim"}, expected=None)
    assert (fresh(keys[0]).name, fresh(keys[0]).aliases) == ("Ingrid Solheim", [])


def test_all_that_a_party_said_is_read_in_few_queries(
    cast: Cast, marks: list[Annotation], queries: Callable[[], Any]
) -> None:
    counts = []
    for article in [make_article(cast.ada) for _ in range(4)]:
        for words, kind in (("cranes", "claim"), ("told to sign", "quote"), ("denies", "denial")):
            ingrid = name(cast, make_annotation(cast.ben, article, words, kind=kind), "Ingrid")
        ask(cast, db.session.query(Annotation).filter_by(article_id=article.id, kind="claim").one(), ingrid)
        db.session.rollback()
        with queries() as sent:
            known = query.party(ingrid.uuid)
            said, asked = query.said_by(known.number), query.asked_of(known.number)
            query.page("ing", 1, 50)
        counts.append(len(sent))
    assert (known.claim, known.quote, known.denial, known.articles, known.total) == (4, 4, 4, 4, 12)
    assert [one.exact for one in said[:3]] == ["cranes", "told to sign", "denies"]
    assert (said[0].article, len(said), len(asked)) == (article.id, 12, 4)
    assert asked[0].contact.questions == "When?"
    assert counts[0] == counts[-1]
