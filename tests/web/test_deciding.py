"""The next step on a card: signed off, settled, read twice, taken and assigned; what cannot be done says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from annotator.models import Annotation
from annotator.queries import records
from annotator.services.evidence import Piece
from tests.builders import make_annotation, make_article, make_note
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import all_of, described_error, one, send, targets, words

LEDGER = (Piece(url="https://court.example/ledger", source_type="primary"),)
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
New = Callable[[str], StrictClient]


@pytest.fixture
def claim(cast: Cast) -> Annotation:
    """A claim that Ben has checked."""
    made = make_annotation(cast.ben, make_article(cast.ada), "cranes")
    make_note(cast.ben, made, verdict="accurate", evidence=LEDGER)
    return made


def card(client: StrictClient, claim: Annotation) -> TestResponse:
    """The open card."""
    return client.get(f"/annotations/{claim.uuid}")


def row(claim: Annotation) -> dict[str, Any]:
    """The row version that a form carries."""
    return {"row": records.record(claim.uuid).row_version}


def buttons(answer: TestResponse) -> dict[str, bool]:
    """The buttons of the section, each with whether it can be used."""
    found = all_of(answer, ".deciding button")
    return {one.text().strip(): one.attributes.get("aria-disabled") != "true" for one in found}


def reasons(answer: TestResponse, button: str) -> str:
    """What is said of a button that cannot be used."""
    [found] = [one for one in all_of(answer, ".deciding button") if one.text().strip() == button]
    return words(answer, f"#{found.attributes['aria-describedby']}")


def test_who_gave_the_verdict_reads_why_they_cannot_sign_it_off(claim: Annotation, ben: StrictClient) -> None:
    page = card(ben, claim)
    assert buttons(page) == {"Sign off": False, "Ask for a second reading": True, "Take": True}
    assert reasons(page, "Sign off") == "You gave this verdict; somebody else has to sign it off."
    assert send(ben, f"/annotations/{claim.uuid}/sign-off", row(claim)).status_code == 403


@ON_ONE
def test_what_is_missing_is_said_at_the_button(cast: Cast, ben: StrictClient) -> None:
    bare = make_annotation(cast.ben, make_article(cast.ada), "cranes")
    page = card(ben, bare)
    assert buttons(page) == {"Sign off": False, "Ask for a second reading": False, "Take": True}
    for button in ("Sign off", "Ask for a second reading"):
        assert "A verdict is missing. A note that says how it was checked is missing." in reasons(page, button)
    answer = send(ben, f"/annotations/{bare.uuid}/second-reading", row(bare))
    assert answer.status_code == 409
    assert "A verdict is missing." in words(answer, ".refusal")


def test_somebody_else_signs_off_and_takes_it_back(claim: Annotation, new_client: New) -> None:
    cleo, path = new_client("cleo"), f"/annotations/{claim.uuid}/sign-off"
    answer = send(cleo, path, row(claim) | {"remark": "Read it too."})
    assert "Signed off by Cleo Marchetti" in words(answer, ".deciding")
    assert "Read it too." in words(answer, ".deciding")
    assert one(answer, "article[data-annotation]").attributes["data-state"] == "signed_off"
    assert "#tally" in targets(answer)
    assert "Withdraw sign-off" not in buttons(card(new_client("ben"), claim))
    assert buttons(card(new_client("ada"), claim))["Withdraw sign-off"]
    answer = send(cleo, f"{path}/withdrawal", row(claim))
    assert one(answer, "article[data-annotation]").attributes["data-state"] == "checked"
    assert "The sign-off by Cleo Marchetti fell: Withdrawn by Cleo Marchetti." in words(answer, ".deciding")


@ON_ONE
def test_a_sign_off_of_what_one_has_not_seen_is_stopped(cast: Cast, claim: Annotation, new_client: New) -> None:
    seen = row(claim)
    make_note(cast.ben, claim, "One thing more.")
    answer = send(new_client("cleo"), f"/annotations/{claim.uuid}/sign-off", seen)
    assert answer.status_code == 412
    assert "Somebody else has changed this annotation" in words(answer, ".refusal")
    assert records.record(claim.uuid).state == "checked"


@ON_ONE
def test_without_script_a_sign_off_leads_back_to_the_card(claim: Annotation, new_client: New) -> None:
    cleo, path = new_client("cleo"), f"/annotations/{claim.uuid}/sign-off"
    answer = send(cleo, path, row(claim), htmx=False)
    assert (answer.status_code, answer.location) == (302, f"/annotations/{claim.uuid}")
    again = send(new_client("ada"), path, row(claim), htmx=False)
    assert again.status_code == 409
    assert "Cleo Marchetti has signed it off already." in words(again, ".refusal")


def test_a_lead_settles_a_disagreement(cast: Cast, claim: Annotation, ada: StrictClient, ben: StrictClient) -> None:
    make_note(cast.cleo, claim, "Not so.", verdict="false", evidence=LEDGER)
    assert "A lead settles that, with a reason." in words(card(ben, claim), ".deciding")
    assert all_of(card(ben, claim), "form[action$=resolution]") == []
    path = f"/annotations/{claim.uuid}/resolution"
    assert send(ben, path, row(claim) | {"stands": "false", "settled": "So."}).status_code == 403
    wrong = send(ada, path, row(claim) | {"stands": "accurate", "settled": " "})
    assert wrong.status_code == 422
    assert "Say why" in described_error(wrong, "settled")
    answer = send(ada, path, row(claim) | {"stands": "accurate", "settled": "The ledger says so."})
    assert one(answer, "article[data-annotation]").attributes["data-state"] == "checked"
    assert "The ledger says so." in answer.text


def test_a_second_reading_is_asked_taken_and_given_back(claim: Annotation, ben: StrictClient, new_client: New) -> None:
    cleo, path = new_client("cleo"), f"/annotations/{claim.uuid}/second-reading"
    names = [one.text() for one in all_of(card(ben, claim), "#reader option")]
    assert names == ["Anybody", "Ada Okafor", "Cleo Marchetti", "Dan Whitlock"]
    answer = send(ben, path, row(claim) | {"reader": ""})
    assert "Second reading asked of anybody by Ben Lindqvist" in words(answer, ".deciding")
    assert "Take the second reading" not in buttons(answer)
    send_form(cleo, card(cleo, claim), "/taking")
    assert "Second reading asked of Cleo Marchetti" in words(card(cleo, claim), ".deciding")
    send_form(cleo, card(cleo, claim), "/end")
    assert buttons(card(ben, claim))["Ask for a second reading"]
    assert send(ben, path, row(claim) | {"reader": "ben"}).status_code == 422


def send_form(client: StrictClient, page: TestResponse, ending: str) -> TestResponse:
    """Press the only button whose form goes to an assignment's address with this ending."""
    forms = [
        one for one in all_of(page, ".deciding form") if (one.attributes["action"] or "").startswith("/assignments")
    ]
    [form] = [one for one in forms if (one.attributes["action"] or "").endswith(ending)]
    seen = form.css_first("[name=row]").attributes["value"]
    answer = send(client, form.attributes["action"] or "", {"row": seen})
    assert answer.status_code == 200
    return answer


def test_work_is_taken_and_given(claim: Annotation, ada: StrictClient, ben: StrictClient, new_client: New) -> None:
    answer = send(ben, f"/annotations/{claim.uuid}/taking", row(claim))
    assert "To be checked by Ben Lindqvist" in words(answer, ".deciding")
    late = send(new_client("cleo"), f"/annotations/{claim.uuid}/taking", row(claim))
    assert late.status_code == 409
    assert "Ben Lindqvist has it already" in words(late, ".refusal")
    path = f"/annotations/{claim.uuid}/assignment"
    wrong = send(ada, path, {"row": "1", "assignee": "", "due": ""})
    assert "nobody active called" in described_error(wrong, "assignee")
    wrong = send(ada, path, {"row": "1", "assignee": "cleo", "due": "soon"})
    assert "2026-11-24T18:30" in described_error(wrong, "due")
    assert send(ada, path, {"row": "0", "assignee": "cleo", "due": ""}).status_code == 412
    answer = send(ada, path, {"row": "1", "assignee": "cleo", "due": "2026-12-01T17:30"})
    assert "To be checked by Cleo Marchetti until 1 Dec 2026, 17:30 UTC" in words(answer, ".deciding")
    send_form(new_client("cleo"), card(new_client("cleo"), claim), "/end")
    assert records.record(claim.uuid).assignments == ()


def test_handing_over_says_what_was_and_what_was_not(cast: Cast, claim: Annotation, ben: StrictClient) -> None:
    make_annotation(cast.ben, claim.article, "until March", kind="quote")
    path = f"/articles/{claim.article_id}/hand-over"
    answer = send(ben, path)
    assert answer.text.startswith("1 check handed over for second reading. Quote 2: A verdict is missing.")
    assert "#cards" in targets(answer)
    again = send(ben, path, htmx=False)
    assert again.status_code == 303
    shown = words(ben.get(f"/articles/{claim.article_id}"), ".flash")
    assert shown.startswith("No checks handed over for second reading.")


@ON_ONE
def test_cards_say_whose_they_are(cast: Cast, claim: Annotation, ben: StrictClient, ada: StrictClient) -> None:
    """By assignment, else by the newest note; the same on the open and on the closed card."""

    def whose() -> list[str | None]:
        answers = card(ben, claim), ben.get(f"/articles/{claim.article_id}")
        return [one(answer, "article[data-annotation]").attributes["data-whose"] for answer in answers]

    assert whose() == ["ben", "ben"]
    make_note(cast.cleo, claim, "Looked at it.")
    assert whose() == ["cleo", "cleo"]
    send(ada, f"/annotations/{claim.uuid}/assignment", {"row": "0", "assignee": "dan", "due": ""})
    assert whose() == ["dan", "dan"]


@ON_ONE
def test_a_card_costs_no_more_queries_for_more_of_everything(
    cast: Cast, claim: Annotation, ben: StrictClient, queries: Callable[[], Any]
) -> None:
    def cost() -> int:
        with queries() as sent:
            card(ben, claim)
        return len(sent)

    card(ben, claim)
    before = cost()
    for who in (cast.ada, cast.ben, cast.cleo) * 3:
        make_note(who, claim, "Again.", verdict="accurate", evidence=LEDGER)
    assert cost() == before
