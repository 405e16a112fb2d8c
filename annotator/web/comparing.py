"""Two versions of an article beside each other, as HTML: the marks on both sides, and what differs between them."""

from __future__ import annotations

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
    """A block as it was and as it is; either may be missing. `same` when nothing in it differs."""

    old: Markup
    new: Markup
    same: bool


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
        """How many pairs differ."""
        return sum(not pair.same for pair in self.pairs)


def shown(article_id: int, one: int, other: int) -> Beside:
    """Two versions of an article, the older one first. NotFound."""
    article = articles.article(article_id)
    left, right = min(one, other), max(one, other)
    old, new = (_Side(article_id, number) for number in (left, right))
    found = rows(old.document, new.document, drafts.alignment(old.version_id, new.version_id).stretches())
    pairs = tuple(_pair(row, old, new) for row in found)
    return Beside(article, articles.heads(article_id), left, right, pairs)


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


def _pair(row: Row, old: _Side, new: _Side) -> Pair:
    return Pair(old.painted(row.old, "del", row.gone), new.painted(row.new, "ins", row.come), row.same)
