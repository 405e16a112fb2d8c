"""HTML pages and fragments."""

from __future__ import annotations

from annotator.errors import Invalid
from annotator.extract.html.blocks import drafts_of, left_out
from annotator.extract.html.metadata import Facts, opened_in, read_facts, shown_text
from annotator.extract.html.root import choose_root
from annotator.extract.html.tame import Tamed, tame
from annotator.extract.html.tree import Element, Page, read_page
from annotator.extract.opening import completed
from annotator.extract.values import Extracted, checked
from annotator.text.blocks import Draft

MOST_TAGS = 300_000
_WORTH_TELLING = 80


def from_html(html: str) -> Extracted:
    """Read a page or a fragment of HTML: its article, and what it says of itself.

    Nothing of the markup survives but block types and http, https and mailto links. Raises `Invalid` on
    `html` when there is no text in it, or too much.
    """
    return checked(read_html(html), "html")


def read_html(html: str, field: str = "html", *, whole: bool = False) -> Extracted:
    """Return the article in `html`; with `whole`, everything in it, for HTML that is known to hold nothing else.

    Raises `Invalid` on `field` when there are more than `MOST_TAGS` tags: time and memory grow with them.
    """
    if html.count("<") > MOST_TAGS:
        told = f"The page has more than {MOST_TAGS:,} tags. Open it, copy the article and paste it as text."
        raise Invalid({field: told})
    tamed = tame(_without_surrogates(html))
    page = read_page(tamed.html)
    root = choose_root(page) if not whole else next((e for e in page.elements if e.tag == "body"), None)
    if root is None:
        return Extracted()
    return completed(_extracted(page, root, tamed))


def _without_surrogates(html: str) -> str:
    return html.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _extracted(page: Page, root: Element, tamed: Tamed) -> Extracted:
    facts = read_facts(page, tamed.title, tamed.linked_data)
    events = page.events[root.first : root.last + 1]
    drafts = _with_headline(drafts_of(events, facts.base), page, root, facts)
    return Extracted(
        title=facts.title,
        byline=facts.byline,
        outlet=facts.outlet,
        published_at=facts.published_at,
        language=facts.language,
        source_url=facts.source_url,
        drafts=tuple(drafts),
        remarks=_remarks(left_out(events)),
    )


def _with_headline(drafts: list[Draft], page: Page, root: Element, facts: Facts) -> list[Draft]:
    """Put the page's headline in front when it stands outside the part that holds the article."""
    if opened_in(page, root, "h1"):
        return drafts
    headings = [(element, shown_text(page, element)) for element in page.elements if element.tag == "h1"]
    texts = [text for _, text in headings if text]
    headline = next((text for text in texts if text == facts.title), texts[0] if len(texts) == 1 else None)
    return [Draft(headline, "heading", 1), *drafts] if headline and drafts else drafts


def _remarks(characters: int) -> tuple[str, ...]:
    if characters < _WORTH_TELLING:
        return ()
    return (f"Sidebars inside the article were left out ({characters:,} characters); paste them if they matter.",)
