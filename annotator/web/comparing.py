"""Two versions of an article beside each other, as HTML: the marks on both sides, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from annotator.exports import snapshot
from annotator.queries import articles, drafts, review
from annotator.text.blocks import slice_block
from annotator.text.comparing import Row, Spans, rows
from annotator.web import painting
from annotator.web.painting import Struck


@dataclass(frozen=True, slots=True)
class Pair:
    """A block as it was and as it is; either may be missing. `row` tells the numbers of both, and where one that stands
    alone has moved; `downward` when that is further down on the page."""

    old: Markup
    new: Markup
    row: Row
    downward: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page shows: all versions to choose from, the two that are shown, and their blocks in pairs."""

    article: snapshot.Article
    versions: tuple[snapshot.Head, ...]
    old: int
    new: int
    pairs: tuple[Pair, ...]

    @property
    def differing(self) -> int:
        """How many pairs differ, leaving aside what only moved or moved and was edited."""
        return sum(not pair.row.same and pair.row.moved is None for pair in self.pairs)

    @property
    def moved(self) -> int:
        """How many paragraphs have moved."""
        return sum(pair.row.old is not None and pair.row.moved is not None for pair in self.pairs)


def shown(article_id: int, one: int, other: int) -> Beside:
    """Two versions of an article, the older one first. NotFound."""
    article = articles.article(article_id)
    left, right = min(one, other), max(one, other)
    old, new = (_Side(article_id, number) for number in (left, right))
    found = rows(old.document, new.document, drafts.alignment(old.version_id, new.version_id).stretches())
    return Beside(article, articles.heads(article_id), left, right, tuple(_pairs(found, old, new)))


class _Side:
    """One of the two versions, with what is marked in each of its blocks."""

    def __init__(self, article_id: int, number: int) -> None:
        self.version_id, _ = articles.version_key(article_id, number)
        self.document = articles.document(self.version_id)
        # Suggested words would look like a difference between the two, and verdicts are today's.
        marks = [replace(mark, redline=None, verdict=None, state="") for mark in review.marks(self.version_id)]
        self.marked = painting.shown_by_block(self.document, marks)
        self.page = f"/articles/{article_id}"

    def painted(self, number: int | None, tag: str, spans: Spans) -> Markup:
        if number is None:
            return Markup()
        block = self.document.blocks[number]
        words = slice_block(self.document.text, block)
        html = painting.inside(words, block, self.marked[number], struck=Struck(tag, spans), page=self.page)
        name = painting.tag_of(block).replace("li", "p")
        return Markup(f'<{name} class="block" dir="auto">{html}</{name}>')


def _pairs(found: Sequence[Row], old: _Side, new: _Side) -> Iterator[Pair]:
    places = {row.old: at for at, row in enumerate(found)}, {row.new: at for at, row in enumerate(found)}
    for at, row in enumerate(found):
        downward = row.moved is not None and places[row.new is None][row.moved] > at
        yield Pair(old.painted(row.old, "del", row.gone), new.painted(row.new, "ins", row.come), row, downward)
