"""The page that says what a draft changed, and what is done there about a check that it touched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.db import unit_of_work
from annotator.extensions import db
from annotator.models import Annotation, Article, ArticleVersion
from annotator.queries import records
from annotator.services import article_sign_offs, loading, reading_through, signing_off
from annotator.services.corrections import Suggestion, decide_correction, propose_correction
from tests.builders import TEXT, make_annotation, make_article, make_note, next_draft
from tests.cast import Cast
from tests.support.pages import StrictClient
from tests.web.reading import all_of, described_error, one, send, values, words
from tests.web.test_versions import LEDGER, ON_ONE, SECOND, New, add, changed


@pytest.fixture
def article(cast: Cast) -> Article:
    """An article in its first version."""
    return make_article(cast.ada)


def test_nothing_untouched_asks_for_anything(cast: Cast, article: Article, ben: StrictClient) -> None:
    claim = make_annotation(cast.ben, article, "Ingrid Solheim")
    make_note(cast.ben, claim, verdict="accurate", evidence=LEDGER)
    with unit_of_work():
        signing_off.sign_off(cast.ada, loading.annotation(cast.ada, claim.uuid))
    next_draft(cast.ada, article, SECOND)
    page = changed(ben, article)
    assert "1 check came along word for word; 1 sign-off stands." in words(page, 'section[aria-labelledby="untouched"]')
    assert all_of(page, ".touched-list form") == []
    assert "No check was touched." in words(page, 'section[aria-labelledby="touched"]')


@pytest.fixture
def touched(cast: Cast, article: Article) -> Annotation:
    """A checked claim whose words the second draft has changed."""
    claim = make_annotation(cast.ben, article, "paid 4.2 million crowns")
    make_note(cast.ben, claim, verdict="accurate", evidence=LEDGER)
    next_draft(cast.ada, article, SECOND)
    return claim


def test_what_is_touched_shows_both_wordings_and_the_old_verdict(
    article: Article, touched: Annotation, ben: StrictClient
) -> None:
    page = changed(ben, article)
    assert words(page, "#touched-1 del") == "4.2"
    assert words(page, "#touched-1 ins") == "4.6"
    assert "The verdict was made on the earlier wording, by Ben Lindqvist." in words(page, "#touched-1")
    assert "Reopened" in words(page, "#touched-1")
    card = ben.get(f"/annotations/{touched.uuid}")
    assert "The verdict was made on the earlier wording." in words(card, ".touched")
    assert "on version 1" in words(card, ".notes")


def test_it_still_stands_by_one_press(
    article: Article, touched: Annotation, new_client: New, ben: StrictClient
) -> None:
    cleo = new_client("cleo")
    page = changed(cleo, article)
    form = values(page, "#touched-1 form[action$=confirmation]")
    answer = send(cleo, f"/annotations/{touched.uuid}/confirmation", form, htmx=False)
    assert answer.location == f"/articles/{article.id}/versions/2/changed#touched-1"
    now = records.record(touched.uuid)
    assert (now.state, now.anchor.status, now.notes[-1].verdict, now.notes[-1].version) == (
        *("checked", "confirmed", "accurate"),
        2,
    )
    assert "Looked at by Cleo Marchetti." in words(changed(cleo, article), "#touched-1")
    twice = send(cleo, f"/annotations/{touched.uuid}/confirmation", form, htmx=False)
    assert (twice.location, records.record(touched.uuid)) == (answer.location, now)
    again = send(ben, f"/annotations/{touched.uuid}/confirmation", {"row": now.row_version})
    assert again.status_code == 409
    assert "No draft has touched it" in words(again, ".refusal")


def test_somebody_else_was_first(article: Article, touched: Annotation, cast: Cast, ben: StrictClient) -> None:
    form = values(changed(ben, article), "#touched-1 form[action$=confirmation]")
    make_note(cast.cleo, touched, "Not any more.", verdict="false")
    answer = send(ben, f"/annotations/{touched.uuid}/confirmation", form)
    assert answer.status_code == 412
    assert "Somebody else has changed this annotation" in words(answer, ".refusal")
    there = send(ben, f"/annotations/{touched.uuid}/confirmation", form, htmx=False)
    assert there.status_code == 412
    assert "Somebody else has changed this annotation" in words(there, "#touched-1 > .refusal")


@pytest.fixture
def orphan(cast: Cast, article: Article) -> Annotation:
    """A denial whose words the second draft has dropped."""
    denial = make_annotation(cast.ben, article, "The authority denies that any payment was made.", kind="denial")
    next_draft(cast.ada, article, SECOND.replace("The authority denies that any payment was made. ", ""))
    return denial


def test_a_fallen_sign_off_is_counted_and_its_people_are_told_why(
    cast: Cast, article: Article, ben: StrictClient
) -> None:
    claim = make_annotation(cast.ben, article, "paid 4.2 million crowns")
    make_note(cast.ben, claim, verdict="accurate", evidence=LEDGER)
    with unit_of_work():
        signing_off.sign_off(cast.ada, loading.annotation(cast.ada, claim.uuid))
    next_draft(cast.ada, article, SECOND)
    assert "1 sign-off has fallen with its words." in words(changed(ben, article), "main")
    told = words(ben.get("/inbox"), ".history")
    assert "reopened a check of yours because its words were changed in version 2: Claim 1" in told


def test_what_nobody_looked_at_waits_through_later_drafts(
    cast: Cast, article: Article, touched: Annotation, ben: StrictClient
) -> None:
    next_draft(cast.ada, article, f"{SECOND} It rained.")
    page = changed(ben, article, 3)
    assert words(page, ".lead").startswith("0 checks carried untouched, 1 touched (1 to look at)")
    assert (words(page, "#touched-1 del"), words(page, "#touched-1 ins")) == ("4.2", "4.6")
    assert "Version 2 had touched it." in words(page, "#touched-1")
    card = ben.get(f"/annotations/{touched.uuid}")
    assert "Its words were changed in version 2." in words(card, ".touched")
    assert words(card, ".touched del") == "4.2"
    send(ben, f"/annotations/{touched.uuid}/confirmation", values(page, "#touched-1 form[action$=confirmation]"))
    assert "Looked at by Ben Lindqvist." in words(changed(ben, article, 3), "#touched-1")
    next_draft(cast.ada, article, f"{SECOND} It rained again.")
    assert words(changed(ben, article, 4), ".lead").startswith("1 check carried untouched, 0 touched")


def test_words_that_were_changed_and_changed_back_say_so(
    cast: Cast, article: Article, touched: Annotation, ben: StrictClient
) -> None:
    next_draft(cast.ada, article, f"{TEXT} It rained.")
    item = words(changed(ben, article, 3), "#touched-1")
    assert "Version 2 had touched it; it reads again as in version 1." in item
    assert "earlier wording" not in item
    card = words(ben.get(f"/annotations/{touched.uuid}"), ".touched")
    assert "Its words were changed in version 2. They read again as in version 1." in card


def test_an_orphan_shows_its_old_words_beside_the_new_text(
    article: Article, orphan: Annotation, ben: StrictClient
) -> None:
    page = changed(ben, article)
    assert words(page, "#touched-1 del") == "The authority denies that any payment was made."
    assert "“No money has left this house,”" in words(page, "#touched-1 .pair > div:last-child")
    card = one(ben.get(f"/articles/{article.id}"), "#a1")
    assert card.attributes["data-status"] == "orphan"
    assert "Words gone" in card.text()
    assert all_of(ben.get(f"/articles/{article.id}"), "mark[data-a]") == []


def test_an_orphan_is_put_on_other_words(article: Article, orphan: Annotation, ben: StrictClient) -> None:
    path, page = f"/annotations/{orphan.uuid}/words", f"/articles/{article.id}/versions/2/changed"
    form = values(changed(ben, article), "#touched-1 form[action$=words]")
    assert form["to"].startswith(page)
    there = send(ben, path, form | {"words": "No money came home"}, htmx=False)
    assert (there.status_code, words(there, "h1")) == (422, "What changed in version 2")
    assert "do not stand in version 2" in described_error(there, "words")
    assert values(there, "#touched-1 form[action$=words]")["words"] == "No money came home"
    answer = send(ben, path, form | {"words": "No money came home"}, htmx=True)
    assert "do not stand in version 2" in described_error(answer, "words")
    assert "to" in values(send(ben, path, form | {"words": "to"}), "form[action$=words]")["words"]
    assert "stand" in described_error(send(ben, path, form | {"words": "to"}), "words")
    assert "Copy the words" in described_error(send(ben, path, form | {"words": " "}), "words")
    answer = send(ben, path, form | {"words": '"No  money has left this house,"'}, htmx=False)
    assert answer.location == form["to"]
    now = records.record(orphan.uuid)
    assert (now.anchor.exact, now.anchor.status) == ("“No money has left this house,”", "confirmed")


def test_an_orphan_is_closed_with_a_reason_and_taken_up_again(
    article: Article, orphan: Annotation, ben: StrictClient
) -> None:
    path = f"/annotations/{orphan.uuid}/closure"
    form = values(changed(ben, article), "#touched-1 form[action$=closure]")
    assert "Say why" in described_error(send(ben, path, form | {"reason": " "}), "reason")
    assert send(ben, path, form | {"reason": "The denial was dropped."}, htmx=False).status_code == 303
    page = changed(ben, article)
    assert "Closed by Ben Lindqvist: The denial was dropped." in words(page, "#touched-1")
    assert all_of(ben.get(f"/articles/{article.id}"), "#a1") == []
    card = ben.get(f"/annotations/{orphan.uuid}")
    row = values(card, "form[action$=withdrawal]")
    assert send(ben, f"{path}/withdrawal", row).status_code == 200
    assert records.record(orphan.uuid).closed is None


def test_what_is_sealed_stays_sealed(cast: Cast, article: Article, touched: Annotation, new_client: New) -> None:
    db.session.get_one(Article, article.id).blind = True
    db.session.commit()
    cleo = new_client("cleo")
    assert "Accurate" not in words(changed(cleo, article), "main")
    form = {"row": records.record(touched.uuid).row_version}
    answer = send(cleo, f"/annotations/{touched.uuid}/confirmation", form)
    assert answer.status_code == 409
    assert "hidden until you give yours" in words(answer, ".refusal")


def test_new_sentences_are_marked_clear_without_script(
    article: Article, touched: Annotation, ben: StrictClient
) -> None:
    page = changed(ben, article)
    here = 'section[aria-labelledby="new-sentences"] > form'
    assert words(page, f"{here} label") == "The board meets on Tuesday."
    form = values(page, here)
    answer = send(ben, f"/articles/{article.id}/sentences", form, htmx=False)
    assert answer.location == f"/articles/{article.id}/versions/2/changed#new-sentences"
    assert "1 sentence marked clear." in words(ben.get(f"/articles/{article.id}"), ".flashes")
    assert "0 new sentences unread" in words(changed(ben, article), ".lead")


def test_accepted_corrections_are_told_as_applied_or_not(cast: Cast, article: Article, ben: StrictClient) -> None:
    for exact, suggested in (("4.2 million", "4.6 million"), ("Ingrid Solheim", "Inger Solheim")):
        claim = make_annotation(cast.ben, article, exact)
        with unit_of_work():
            stored = loading.annotation(cast.ben, claim.uuid)
            made, _ = propose_correction(cast.ben, stored, Suggestion(suggested, "Ledger", "fact"))
            decide_correction(cast.ada, made, "accepted", "Yes", None)
    next_draft(cast.ada, article, SECOND)
    told = words(changed(ben, article), 'section[aria-labelledby="corrections"]')
    assert "Applied · Claim 1" in told
    assert "Not applied · Claim 2" in told
    cards = [words(ben.get(f"/annotations/{it.id}"), 'ol[aria-label="Corrections"]') for it in of(article)]
    assert "Version 2 has it." in cards[0]
    assert "Accepted, but version 2 does not have it." in cards[1]


def of(article: Article) -> list[records.snapshot.Annotation]:
    """The annotations of the newest version."""
    wanted = db.session.query(ArticleVersion.id).filter_by(article_id=article.id)
    return records.records_of(wanted.order_by(ArticleVersion.number.desc()).limit(1).scalar())


@ON_ONE
def test_the_first_version_changed_nothing(article: Article, ben: StrictClient) -> None:
    assert changed(ben, article, 1).status_code == 404
    assert changed(ben, article, 7).status_code == 404


@ON_ONE
def test_the_number_of_queries_does_not_grow(cast: Cast, ben: StrictClient, queries: Callable[[], Any]) -> None:
    """Twice the touched checks, the same number of queries."""
    counts = {}
    for size in (2, 6):
        text = "\n\n".join(f"Paragraph {number} of the report counts {number}00 cranes." for number in range(12))
        article = make_article(cast.ada, text=text)
        for number in range(size):
            claim = make_annotation(cast.ben, article, f"{number}00 cranes")
            make_note(cast.ben, claim, verdict="accurate", evidence=LEDGER)
        half = [part for number, part in enumerate(text.split("\n\n")) if number % 2 or number >= size]
        next_draft(cast.ada, article, "\n\n".join(half).replace("00 cranes", "07 cranes"))
        changed(ben, article)
        with queries() as sent:
            page = changed(ben, article)
        assert len(all_of(page, ".touched-list > li")) == size
        counts[size] = len(sent)
    assert counts[2] == counts[6]
    assert counts[6] <= 40


def test_a_sentence_reworded_around_a_check_is_shown_and_asks_for_nothing(
    cast: Cast, article: Article, ben: StrictClient
) -> None:
    claim = make_annotation(cast.ben, article, "paid 4.2 million crowns")
    make_note(cast.ben, claim, verdict="accurate", evidence=LEDGER)
    next_draft(cast.ada, article, TEXT.replace("authority paid", "authority never paid"))
    here = 'section[aria-labelledby="untouched"]'
    page = changed(ben, article)
    assert "1 of them stands in a sentence that was reworded around it" in words(page, here)
    around = 'section[aria-labelledby="around"]'
    assert "1 untouched check stands in a sentence that reads otherwise now. Read whether it still holds." in words(
        page, around
    )
    assert words(page, f"{around} ins") == "never"
    assert all_of(page, f":is({here}, {around}) form") == []
    assert records.record(claim.uuid).state == "checked"


def test_words_that_come_back_ask_for_a_look(cast: Cast, article: Article, ben: StrictClient) -> None:
    claim = make_annotation(cast.ben, article, "Ingrid Solheim, who kept the accounts until March")
    make_note(cast.ben, claim, verdict="accurate", evidence=LEDGER)
    next_draft(cast.ada, article, TEXT.split("\n\n")[0])
    next_draft(cast.ada, article, TEXT)
    page = changed(ben, article, 3)
    assert words(page, ".lead").startswith("0 checks carried untouched, 1 touched (1 to look at)")
    assert "Its words were gone, and stand again; it was reopened because" in words(page, "#touched-1")
    card = ben.get(f"/annotations/{claim.uuid}")
    assert "they stand in version 3 again" in words(card, ".touched")
    form = values(page, "#touched-1 form[action$=confirmation]")
    assert send(ben, f"/annotations/{claim.uuid}/confirmation", form, htmx=False).status_code == 303
    assert records.record(claim.uuid).state == "checked"


def test_what_returns_is_never_taken_for_a_twin_that_was_there(cast: Cast, ben: StrictClient) -> None:
    line = "The port lost three cranes in the storm."
    text = f"{line}\n\nNobody was hurt, the mayor said.\n\n{line}"
    article = make_article(cast.ada, text=text)
    first = make_annotation(cast.ben, article, line)
    second = make_annotation(cast.ben, article, line, nth=1)
    next_draft(cast.ada, article, text.removeprefix(f"{line}\n\n"))
    next_draft(cast.ada, article, text.removeprefix(f"{line}\n\n") + f"\n\nThe unions doubt that.\n\n{line}")
    places = [records.record(one.uuid).anchor for one in (first, second)]
    assert places[1].status in ("exact", "moved")
    assert places[0].orphan or places[0].start != places[1].start


def test_these_are_not_the_words(article: Article, touched: Annotation, ben: StrictClient) -> None:
    form = values(changed(ben, article), "#touched-1 form[action$=detachment]")
    path = f"/annotations/{touched.uuid}/detachment"
    assert send(ben, path, form, htmx=False).status_code == 303
    now = records.record(touched.uuid).anchor
    assert (now.status, now.exact) == ("orphan", "paid 4.2 million crowns")
    assert words(changed(ben, article), "#touched-1 del") == "paid 4.2 million crowns"
    again = send(ben, path, {"row": records.record(touched.uuid).row_version})
    assert again.status_code == 409


def test_a_closed_check_is_not_repeated_by_later_drafts(
    article: Article, orphan: Annotation, ben: StrictClient
) -> None:
    form = {"row": records.record(orphan.uuid).row_version, "reason": "The denial was dropped."}
    send(ben, f"/annotations/{orphan.uuid}/closure", form)
    assert "1 touched (none to look at)" in words(changed(ben, article), ".lead")
    add(ben, article, text=SECOND.split("\n\n")[0])
    assert "0 touched" in words(changed(ben, article, 3), ".lead")


def test_the_articles_sign_off_that_fell_is_told_and_the_last_act_can_be_undone(
    cast: Cast, article: Article, ben: StrictClient
) -> None:
    with unit_of_work():
        stored = loading.article(cast.ada, article.id)
        reading_through.clear_sentences(cast.ada, stored, 1, range(4))
        article_sign_offs.sign_off_article(cast.ada, stored)
    add(ben, article, text=SECOND)
    page = changed(ben, article)
    assert "sign-off by Ada Okafor fell with this draft" in words(page, ".remark")
    form = values(page, "form[action$=undo]")
    answer = send(ben, f"/articles/{article.id}/undo", form, htmx=False)
    assert answer.location == f"/articles/{article.id}/versions/2/changed"
    assert "Version 2 was taken back." in words(changed(ben, article), ".remark[role=status]")
    assert "Version 2 was taken back." in words(ben.get(f"/articles/{article.id}/versions/2"), "#newer")
    page = changed(ben, article)
    assert words(page, "button[data-redo]") == "Redo: Version 2 added U"
    send(ben, f"/articles/{article.id}/redo", values(page, "form[action$=redo]"), htmx=False)
    assert words(changed(ben, article), "button[data-undo]") == "Undo: Version 2 added u"
