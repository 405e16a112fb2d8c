"""What the page about a draft shows: what it left alone, what it touched, what is new in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.access import Actor
from annotator.exports import snapshot
from annotator.queries import articles, coverage, drafts, sealing
from annotator.queries.beneath import article_sign_offs
from annotator.queries.drafts import Around, Draft, Touched, Was
from annotator.services import places as service
from annotator.services.article_sign_offs import because_of
from annotator.services.touching import why_fallen
from annotator.text import redline
from annotator.text.blocks import Block, Document
from annotator.text.coverage import State
from annotator.text.diffing import Run
from annotator.text.spans import Span
from annotator.vocabulary import UNTOUCHED


@dataclass(frozen=True, slots=True)
class Context:
    """Words of a version with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation a draft has touched: both wordings, where it stood, and what may be done about it.

    `old` and `new` show the paragraphs for one whose words are gone; `runs` both wordings in one line for the others.
    `open` while nobody has looked at it; `why_not` says why nobody can say that it still stands; `back`: its words had
    been gone, and stand again; `restored`: they had been changed, and read as before. `since` is the version that
    touched it, which may be an earlier one.
    """

    it: snapshot.Annotation
    was: Was | None
    since: int
    runs: list[Run]
    old: Context | None
    new: tuple[str, ...]
    open: bool
    why_not: str
    back: bool
    restored: bool

    @property
    def may_stand(self) -> bool:
        """Whether somebody can say that it still stands."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent from the row of an annotation and will not do: the `typed` values by field, and why, at a `field`
    or at the row as a whole."""

    id: str
    typed: dict[str, str]
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that nobody has read: its number, its words, and whether its wording is new in this draft."""

    number: int
    start: int
    words: str
    reworded: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole page. Acts are offered while the draft is the newest version."""

    article: snapshot.Article
    draft: Draft
    newest: int
    items: tuple[Item, ...]
    unread: tuple[Sentence, ...]
    reworded: tuple[Around, ...]
    fallen: tuple[snapshot.ArticleSignOff, ...]
    withdrawn: bool

    @property
    def current(self) -> bool:
        """Whether this draft is what people work on."""
        return self.draft.number == self.newest

    @property
    def open(self) -> int:
        """How many of the touched nobody has looked at."""
        return sum(item.open for item in self.items)

    @property
    def signed(self) -> int:
        """How many of them had been signed off until this draft came."""
        why = why_fallen(self.draft.number)
        return sum(any(one.fallen_why == why for one in item.it.sign_offs) for item in self.items)

    @property
    def new(self) -> int:
        """How many of the unread sentences are new."""
        return sum(one.reworded for one in self.unread)


def shown(article_id: int, number: int, actor: Actor) -> Shown:
    """What a draft did, as this person may read it. NotFound."""
    article, draft = articles.article(article_id), drafts.draft(article_id, number)
    version_id, _ = articles.version_key(article_id, number)
    document, newest = articles.document(version_id), articles.version_key(article_id)[1]
    documents = _documents(article_id, draft)
    items = tuple(_item(one, draft, documents, actor) for one in draft.touched)
    spans = articles.sentences_of(version_id, article.language)
    base_id, _ = articles.version_key(article_id, draft.base)
    changed = drafts.reworded(base_id, version_id, spans)
    around = drafts.around((base_id, articles.sentences_of(base_id, article.language)), (version_id, spans), changed)
    told = unread(document.text, spans, coverage.states_of(version_id, spans), changed), around
    return Shown(article, draft, newest, items, *told, _fallen(article_id, number), _withdrawn(article_id, number))


def _fallen(article_id: int, number: int) -> tuple[snapshot.ArticleSignOff, ...]:
    """The article's sign-off that fell because this draft came."""
    why = because_of(number)
    return tuple(one for one in article_sign_offs(article_id) if one.fallen_why == why)


def _withdrawn(article_id: int, number: int) -> bool:
    return articles.is_withdrawn(articles.heads(article_id), number)


def _documents(article_id: int, draft: Draft) -> dict[int, Document]:
    """The draft, and the versions in which something that is gone had its words, by number."""
    gone = [one.earlier.last.version for one in draft.touched if one.earlier and one.it.anchor.orphan]
    return {number: articles.document(articles.version_key(article_id, number)[0]) for number in {*gone, draft.number}}


def _item(one: Touched, draft: Draft, documents: dict[int, Document], actor: Actor) -> Item:
    it, earlier = sealing.sealed(one.it, actor), one.earlier
    was, orphan = earlier.against(it) if earlier else None, it.anchor.orphan
    return Item(
        it,
        was,
        since=earlier.since if earlier else draft.number,
        runs=redline.runs(was.exact, it.anchor.exact) if was and not orphan else [],
        old=context(documents[was.version], was) if was and orphan else None,
        new=near(documents[draft.number], it.anchor.start) if orphan else (),
        open=it.closed is None and (it.unsure or it.state == "reopened"),
        why_not=_why_not(it),
        back=_is_back(one, draft),
        restored=earlier is not None and earlier.reads_again(it),
    )


def _is_back(one: Touched, draft: Draft) -> bool:
    """Whether its words had been gone in the version before."""
    earlier = one.earlier
    return one.it.anchor.carried_as in UNTOUCHED and earlier is not None and earlier.last.version != draft.base


def _why_not(it: snapshot.Annotation) -> str:
    if it.closed:
        return "It is closed. Take it up again, or leave it."
    return service.HIDDEN if it.sealed else service.why_not_still(it) or ""


def context(document: Document, was: Was) -> Context:
    """The words as they stood in that version, with the rest of their paragraphs."""
    inside = [block for block in document.blocks if block.start < was.end and block.end > was.start]
    start, end = (inside[0].start, inside[-1].end) if inside else (was.start, was.end)
    return Context(document.text[start : was.start], was.exact, document.text[was.end : end])


def near(document: Document, point: int) -> tuple[str, ...]:
    """The paragraphs around a place: the one it is in, or those before and after it."""
    around = [block for block in document.blocks if _touches(block, point)]
    return tuple(document.text[block.start : block.end] for block in around)


def _touches(block: Block, point: int) -> bool:
    return block.start - 2 <= point <= block.end + 2


def unread(
    text: str, spans: Sequence[Span], states: Sequence[State], new: Sequence[bool] | None = None
) -> tuple[Sentence, ...]:
    """The sentences that nobody has read; `new` says of each whether its wording is."""
    return tuple(
        Sentence(number, span.start, text[span.start : span.end], bool(new and new[number]))
        for number, span in enumerate(spans)
        if states[number] == "unread"
    )
