"""What a page's template is given, prepared once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from flask import render_template
from markupsafe import Markup

from annotator.exports import snapshot
from annotator.queries import articles, coverage, review
from annotator.queries.articles import Tally
from annotator.queries.commenting import open_threads
from annotator.queries.review import Gone, Mark
from annotator.web import painting, progress
from annotator.web.progress import Progress


@dataclass(frozen=True, slots=True)
class Desk:
    """The review page of one version."""

    article: snapshot.Article
    number: int
    tally: Tally
    text: Markup
    cards: Markup
    gone: list[Gone]
    comments: int
    progress: Progress
    versions: tuple[snapshot.Head, ...]

    @property
    def withdrawn(self) -> bool:
        """Whether the version shown was taken back."""
        return articles.is_withdrawn(self.versions, self.number)

    @property
    def newest(self) -> int:
        """The number of the version people work on."""
        return articles.newest_of(self.versions).number


def desk(article_id: int, number: int | None = None) -> Desk:
    """Everything the review page shows. NotFound."""
    article = articles.article(article_id)
    version_id, shown = articles.version_key(article_id, number)
    text, cards = painted_page(version_id, article.revision, article.language, review.overdue(article_id))
    tally = articles.tallies_of([article_id])[article_id]
    beneath = review.gone_marks(version_id), open_threads(article_id)
    read = progress.progress(article_id, version_id, article.revision)
    return Desk(article, shown, tally, text, cards, *beneath, read, articles.heads(article_id))


@lru_cache(maxsize=8)
def painted_page(version_id: int, revision: int, language: str, overdue: int) -> tuple[Markup, Markup]:
    """The article's text and its closed cards as HTML.

    `revision` and `overdue` are part of the key: the one grows with every change, the other when a deadline passes.
    """
    marks = review.marks(version_id)
    document, sentences = articles.document(version_id), articles.sentences_of(version_id, language)
    states = coverage.states_of(version_id, sentences)
    text = Markup(render_template("review/_text.html", blocks=painting.paint(document, marks, sentences, states)))
    ends = [block.end for block in document.blocks]
    beside = groupby(marks, key=lambda mark: bisect_right(ends, mark.start))
    return text, Markup("").join(_cards(tuple(group)) for _, group in beside)


@lru_cache(maxsize=2_000)
def _cards(marks: tuple[Mark, ...]) -> Markup:
    """The closed cards of the marks that begin in one block; after a change only one block's are made anew."""
    return Markup(render_template("review/_cards.html", marks=marks))
