"""My queue: each section has what belongs in it, most urgent first, in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from annotator import clock
from annotator.access import Actor
from annotator.db import unit_of_work
from annotator.models import Annotation, Article
from annotator.queries.queue import Section, queue
from annotator.services import arranging, articles, assigning, loading, relations, second_reading
from annotator.services.annotations import delete_annotation
from annotator.services.arranging import Arrangement
from annotator.services.contacts import Asking, add_contact
from annotator.services.evidence import Piece
from annotator.services.parties import Named
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import all_of, words

LEDGER = (Piece(url="https://court.example/ledger", source_type="primary"),)
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WORDS = ["cranes", "paid", "documents", "show", "arrived", "harbour", "authority"]


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article of Ada's."""
    return make_article(cast.ada)


def check(actor: Actor, annotation: Annotation, verdict: str = "accurate") -> Annotation:
    """The annotation with a note of this person that has everything."""
    make_note(actor, annotation, verdict=verdict, evidence=LEDGER)
    return annotation


def give(actor: Actor, article: Article, annotation: Annotation | None, username: str, hours: float = 0) -> None:
    """Assign it, to be done in so many hours."""
    due = clock.now() + timedelta(hours=hours) if hours else None
    with unit_of_work():
        locked = loading.article(actor, article.id)
        assigning.assign(actor, locked, annotation, assigning.person_named(username), due)


def ask_party(actor: Actor, annotation: Annotation, hours: float = 0) -> None:
    """Ask somebody, who is to answer in so many hours; before now when negative."""
    asked = clock.now() - timedelta(hours=48)
    deadline = clock.now() + timedelta(hours=hours) if hours else None
    asking = Asking(Named("Ingrid Solheim"), "email", "Did it?", asked, deadline)
    with unit_of_work():
        add_contact(actor, loading.annotation(actor, annotation.uuid), asking)


def found(section: Section) -> list[int]:
    """The numbers of the annotations in a section, in order."""
    return [row.ordinal for row in section.rows]


def sections(actor: Actor) -> dict[str, list[int]]:
    """The numbers in every section that has any."""
    told = queue(actor)
    names = "mine", "waiting", "second_reading", "to_settle", "unclaimed"
    return {name: found(getattr(told, name)) for name in names if getattr(told, name).total}


def test_nothing(cast: Cast) -> None:
    assert queue(cast.ben).empty


def test_mine_is_what_is_assigned_to_me_or_begun_by_me(cast: Cast, article: Article) -> None:
    mine = make_annotation(cast.cleo, article, "cranes")
    begun = make_annotation(cast.cleo, article, "paid")
    theirs = make_annotation(cast.ben, article, "documents")
    done = make_annotation(cast.ben, article, "show")
    taken = make_annotation(cast.ben, article, "arrived")
    free = make_annotation(cast.ben, article, "harbour")
    make_note(cast.cleo, begun, "Begun.")
    make_note(cast.ben, begun, "Went on.")
    make_note(cast.ben, theirs, "Begun.")
    make_note(cast.cleo, theirs, "Went on.")
    make_note(cast.ben, taken, "Begun.")
    check(cast.ben, done)
    give(cast.ada, article, mine, "ben", hours=2)
    give(cast.ada, article, taken, "cleo")
    assert sections(cast.ben) == {"mine": [mine.ordinal, begun.ordinal], "unclaimed": [free.ordinal]}
    assert sections(cast.cleo)["mine"] == [taken.ordinal, theirs.ordinal]
    assert sections(cast.dan) == {"unclaimed": [free.ordinal]}


def test_an_article_assigned_as_a_whole(cast: Cast, article: Article) -> None:
    """What nobody has begun in it is that person's; what others have begun is theirs."""
    bare, begun = (make_annotation(cast.cleo, article, word) for word in ("cranes", "paid"))
    make_note(cast.cleo, begun, "Begun.")
    give(cast.ada, article, None, "ben", hours=-1)
    assert sections(cast.ben) == {"mine": [bare.ordinal]}
    assert sections(cast.cleo) == {"mine": [begun.ordinal]}
    [work] = queue(cast.ben).articles
    assert (work.title, work.done, work.total, work.overdue) == (article.title, 0, 2, True)
    assert queue(cast.ben).mine.rows[0].overdue


def test_who_leads_an_article_sees_how_far_it_is(cast: Cast, article: Article) -> None:
    check(cast.ben, make_annotation(cast.ben, article, "cranes"))
    with unit_of_work():
        lead = Arrangement("ada", clock.now() - timedelta(days=1))
        arranging.arrange_article(cast.ada, loading.article(cast.ada, article.id), lead, None)
    [work] = queue(cast.ada).articles
    assert (work.done, work.total, work.overdue) == (1, 1, False)
    assert queue(cast.ben).articles == ()


def test_waiting_comes_by_deadline(cast: Cast, article: Article) -> None:
    late, soon, never, theirs = (make_annotation(cast.cleo, article, word) for word in WORDS[:4])
    ask_party(cast.ben, never)
    ask_party(cast.ben, soon, hours=3)
    ask_party(cast.ben, late, hours=-3)
    ask_party(cast.cleo, theirs, hours=5)
    give(cast.ada, article, theirs, "ben")
    make_note(cast.ben, late, "Begun.")
    assert sections(cast.ben) == {"waiting": [late.ordinal, soon.ordinal, theirs.ordinal, never.ordinal]}
    rows = queue(cast.ben).waiting.rows
    assert [row.overdue for row in rows] == [True, False, False, False]
    assert all(row.since and row.since < clock.now() for row in rows)
    assert sections(cast.cleo) == {"waiting": [theirs.ordinal]}


def test_second_readings_are_for_others(cast: Cast, article: Article) -> None:
    anybodys, cleos = (check(cast.ben, make_annotation(cast.ben, article, word)) for word in ("cranes", "paid"))
    for one, who in ((anybodys, None), (cleos, "cleo")):
        with unit_of_work():
            person = assigning.person_named(who) if who else None
            second_reading.ask_second_reading(cast.ben, loading.annotation(cast.ben, one.uuid), person)
    assert sections(cast.ben) == {}
    assert sections(cast.cleo) == {"second_reading": [cleos.ordinal, anybodys.ordinal]}
    assert sections(cast.ada) == {"second_reading": [anybodys.ordinal]}
    assert queue(cast.cleo).second_reading.rows[0].by == second_reading.snapshot.Person("ben", "Ben Lindqvist")


def test_leads_settle(cast: Cast, article: Article) -> None:
    split = check(cast.ben, make_annotation(cast.ben, article, "cranes"))
    check(cast.cleo, split, "false")
    assert sections(cast.ada) == {"to_settle": [split.ordinal]}
    assert sections(cast.cleo) == {"mine": [split.ordinal]}


def test_what_is_not_there_is_in_no_queue(cast: Cast, article: Article) -> None:
    gone, kept, again = (make_annotation(cast.ben, article, word) for word in WORDS[:3])
    with unit_of_work():
        delete_annotation(cast.ben, loading.annotation(cast.ben, gone.uuid), None)
    with unit_of_work():
        relations.relate(cast.ben, loading.annotation(cast.ben, again.uuid), "repeats", kept.uuid)
    assert sections(cast.cleo) == {"unclaimed": [kept.ordinal]}
    with unit_of_work():
        articles.archive_article(cast.ada, loading.article(cast.ada, article.id))
    assert sections(cast.cleo) == {}


@ON_ONE
def test_what_is_due_first_comes_first(cast: Cast, article: Article) -> None:
    late, soon, never = (make_annotation(cast.ben, article, word) for word in WORDS[:3])
    for one, hours in ((never, 0), (soon, 5), (late, -5)):
        give(cast.ada, article, one, "ben", hours)
    assert sections(cast.ben) == {"mine": [late.ordinal, soon.ordinal, never.ordinal]}


@ON_ONE
def test_a_section_ends_and_says_how_many_more(cast: Cast, article: Article, ben: StrictClient) -> None:
    for word in WORDS:
        make_annotation(cast.cleo, article, word)
    told = queue(cast.ben, limit=3)
    assert (len(told.unclaimed.rows), told.unclaimed.total, told.unclaimed.more) == (3, 7, 4)


def test_the_number_of_queries_does_not_grow(cast: Cast, queries: Callable[[], Any]) -> None:
    def cost() -> int:
        article = make_article(cast.ada)
        give(cast.ada, article, None, "ben")
        for word in WORDS[:4]:
            made = make_annotation(cast.ben, article, word)
            make_note(cast.ben, made, "Begun.")
        ask_party(cast.ben, made, 3)
        with queries() as sent:
            queue(cast.ada)
            queue(cast.ben)
        return len(sent)

    assert cost() == cost() <= 14


@ON_ONE
def test_the_page_leads_to_the_words(cast: Cast, article: Article, ben: StrictClient) -> None:
    late = make_annotation(cast.cleo, article, "cranes")
    ask_party(cast.ben, late, hours=-3)
    page = ben.get("/queue")
    assert words(page, "main h1") == "My queue"
    [link] = all_of(page, "main section[aria-labelledby=queue-waiting] a")
    assert link.attributes["href"] == f"/articles/{article.id}#a{late.ordinal}"
    assert "Overdue since" in words(page, "main section[aria-labelledby=queue-waiting]")


@ON_ONE
def test_what_concerns_me_is_told_beneath(cast: Cast, article: Article, ben: StrictClient) -> None:
    give(cast.ada, article, make_annotation(cast.cleo, article, "cranes"), "ben")
    told = words(ben.get("/queue"), "main section[aria-labelledby=queue-mentions]")
    assert "Ada Okafor assigned this to you: Claim 1" in told


@ON_ONE
def test_where_people_land(ada: StrictClient, ben: StrictClient) -> None:
    assert [ada.get("/").location, ben.get("/").location] == ["/dashboard", "/queue"]
    assert "Nothing waits for you" in words(ben.get("/queue"), "main .empty")
