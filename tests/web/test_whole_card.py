"""A card with a long record takes as many queries as one with a short record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.models import Annotation
from annotator.services import loading
from annotator.services.comments import add_comment
from annotator.services.contacts import Asking, FollowUp, add_contact, follow_up
from annotator.services.corrections import Suggestion, decide_correction, propose_correction
from annotator.services.parties import Named
from annotator.services.relations import relate
from annotator.services.second_reading import ask_second_reading
from annotator.services.signing_off import sign_off, withdraw_sign_off
from tests import builders
from tests.cast import Cast
from tests.support.pages import StrictClient

PLACES: dict[str, Callable[[str], str]] = {
    "card": lambda uuid: f"/annotations/{uuid}",
    "history": lambda uuid: f"/annotations/{uuid}/history",
    "answer": lambda uuid: f"/api/v1/annotations/{uuid}",
}


def record(cast: Cast, times: int) -> str:
    """A claim with everything beneath it, so many times over; its uuid."""
    article = builders.make_article(cast.ada)
    claim = builders.make_annotation(cast.ben, article, "4.2 million crowns")
    others = [builders.make_annotation(cast.ada, article, "cranes", nth=0) for _ in range(times)]
    for _ in range(times):
        pieces = tuple(builders.Piece(url=f"https://a.example/{number}") for number in range(times))
        builders.make_note(cast.ben, claim, verdict="accurate", evidence=pieces)
    with unit_of_work():
        ask_second_reading(cast.ben, loading.annotation(cast.ben, claim.uuid), None)
    for number in range(times):
        with unit_of_work():
            hang(cast, loading.annotation(cast.ben, claim.uuid), others[number].uuid)
    return str(claim.uuid)


def hang(cast: Cast, claim: Annotation, other: str) -> None:
    """One more of everything."""
    relate(cast.ben, claim, "supports", other)
    sign_off(cast.ada, claim)
    withdraw_sign_off(cast.ada, claim)
    asked = Asking(Named("Harbour authority"), "email", "Is it so?", outcome="declined")
    add_contact(cast.ben, claim, asked)
    opened, _ = add_contact(cast.ben, claim, Asking(Named("The ministry"), "phone", "And you?"))
    follow_up(cast.ada, opened, FollowUp("email", "Again."))
    opened.outcome = "no_answer"
    correction, _ = propose_correction(cast.ben, claim, Suggestion("4.3 million crowns", "The ledger.", "fact"))
    decide_correction(cast.ada, correction, "rejected", "It is not.", None)
    first, _ = add_comment(cast.ben, claim.article, claim, "Is it, @ada?")
    add_comment(cast.ada, claim.article, claim, "It is.", first.uuid)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_number_of_queries_does_not_grow_with_the_record(
    ada: StrictClient, cast: Cast, queries: Callable[[], Any], place: str
) -> None:
    counts = {}
    for times in (1, 6):
        path = PLACES[place](record(cast, times))
        ada.get(path)
        with queries() as sent:
            assert ada.get(path, headers={"X-CSRFToken": "x"}).status_code == 200
        counts[times] = len(sent)
    assert counts[1] == counts[6], counts
