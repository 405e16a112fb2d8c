"""What keeps an article from being signed off, piece by piece: what nobody has read, and nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.queries import articles
from annotator.queries.coverage import states_of, unattended, unattended_ones
from annotator.text.coverage import Coverage, count
from annotator.text.spans import Span

MOST = 200


@dataclass(frozen=True, slots=True)
class Gaps:
    """Of the newest version: what has been read, and the first sentences that have not been, by number from 0; how many
    marks a draft has touched that nobody has looked at, and the first of them. At most MOST of each."""

    version: int
    sha256: str
    coverage: Coverage
    unread: tuple[tuple[int, Span], ...]
    touched: int
    annotations: tuple[str, ...]


def gaps_of(article_id: int) -> Gaps:
    """What is missing now. NotFound."""
    version_id, number = articles.version_key(article_id)
    spans = articles.sentences_of(version_id, articles.language(article_id))
    states = states_of(version_id, spans)
    unread = [(at, span) for at, (span, state) in enumerate(zip(spans, states, strict=True)) if state == "unread"]
    sha256 = articles.version(article_id, number).sha256
    touched = unattended(article_id), tuple(one.uuid for one in unattended_ones(article_id))
    return Gaps(number, sha256, count(states), tuple(unread[:MOST]), *touched)
