"""The pieces of the review page that a change concerns: repainted blocks, changed cards, the tally."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from annotator.errors import NotFound
from annotator.queries import articles, coverage, review
from annotator.queries.review import Mark
from annotator.web import painting, progress
from annotator.web.forms import row_version
from annotator.web.fragments import Partial


def pieces(article_id: int, version_id: int, changes: review.Changes, opened: str | None = None) -> list[Partial]:
    """Partials that bring an open page up to date.

    The card of `opened` is left out, because it is answered apart; then the others go where they already lie.
    """
    blocks = repainted(article_id, version_id, changes.spans)
    kept = [deleted(version_id)] if changes.came_or_went else []
    read = progress.pieces(article_id, version_id, changes.revision) if changes.read else []
    other = [newer(article_id, version_id)] if changes.drafted else []
    return [*blocks, *_cards(version_id, changes, opened), *kept, tally(article_id), *read, *other]


def shown(article_id: int) -> int:
    """The id of the version that the page shows from which a request comes; of the newest when it does not say."""
    number = row_version(request.headers.get("X-Version"))
    try:
        return articles.version_key(article_id, number)[0]
    except NotFound:
        return articles.version_key(article_id)[0]


def newer(article_id: int, version_id: int) -> Partial:
    """What is said when another version is the newest. One query."""
    heads, number = articles.heads(article_id), articles.number_of(version_id)
    newest, withdrawn = articles.newest_of(heads).number, articles.is_withdrawn(heads, number)
    shown = {"number": number, "newest": newest, "withdrawn": withdrawn}
    told = render_template("review/_newer.html", article_id=article_id, **shown)
    return Partial("#newer", Markup(told))


def since(article_id: int, event: int, opened: str | None = None) -> tuple[list[Partial], dict[str, Any]]:
    """What changed after an event on the page from which the request comes, as partials, and the headers that say up
    to where: `X-Since` and `X-Revision`."""
    version_id, revision = shown(article_id), articles.revision(article_id)
    happened = review.changes(article_id, version_id, event, revision)
    return pieces(article_id, version_id, happened, opened), {"X-Since": event, "X-Revision": revision}


def repainted(article_id: int, version_id: int, spans: Iterable[tuple[int, int]]) -> list[Partial]:
    """The blocks that these spans touch, as they look now."""
    document = articles.document(version_id)
    numbers = painting.touched(document, spans)
    if not numbers:
        return []
    within = document.blocks[numbers[0]].start, document.blocks[numbers[-1]].end
    sentences = articles.sentences_of(version_id, articles.language(article_id))
    states = coverage.states_of(version_id, sentences, within)
    painted = painting.paint_some(document, review.marks(version_id, within), sentences, states, numbers)
    return [Partial(f"#b{block.number}", block.html) for block in painted]


def _cards(version_id: int, changes: review.Changes, opened: str | None) -> list[Partial]:
    known = {mark.uuid: mark for mark in review.marks_by(version_id, changes.present | changes.gone)}
    gone = [Partial(f"#card-{known[uuid].ordinal}", Markup(), "delete") for uuid in changes.gone]
    present = [mark for mark in known.values() if mark.uuid in changes.present and mark.uuid != opened]
    if opened:
        return gone + [Partial(f"#card-{mark.ordinal}", closed(mark)) for mark in present]
    return gone + [listed(mark) for mark in present]


def closed(mark: Mark) -> Markup:
    """A closed card."""
    return Markup(render_template("review/_cards.html", marks=[mark]))


def listed(mark: Mark) -> Partial:
    """A closed card for the list: the script puts it where its place in the text says, instead of an older one."""
    return Partial("#cards", closed(mark), "beforeend")


def deleted(version_id: int) -> Partial:
    """The list of what was deleted or closed and can be brought back. One query."""
    shown = render_template("review/_deleted.html", gone=review.gone_marks(version_id))
    return Partial("#deleted", Markup(shown))


def tally(article_id: int) -> Partial:
    """The line that says how far the checks are."""
    numbers = articles.tallies_of([article_id])[article_id]
    return Partial("#tally", Markup(render_template("review/_tally.html", tally=numbers)))
