"""HTML: the article of a page, what the page says of itself, and input made to hurt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Invalid
from annotator.extract import from_file, from_html
from annotator.extract.html import MOST_TAGS
from annotator.extract.html.tame import tame
from tests.extract.reading import built_or_refused, links, shapes

FILES = Path(__file__).parent / "files"
LONG = "<p>" + "The authority has rejected the claims. " * 10 + "</p>"


def test_a_news_page_is_reduced_to_its_article():
    extracted = from_file((FILES / "ferry-page.html").read_bytes(), "ferry-page.html")
    assert shapes(extracted) == [
        ("h1", "Ferry operator denies it wrote the tender"),
        ("p", "By Jane Doe"),
        ("p", "A ferry at the pier."),
        ("p", "Northgate Lines has rejected claims, based on leaked minutes, that it wrote parts of the tender."),
        ("h2", "What the minutes say"),
        ("li", "43 passages match"),
        ("li", "Eleven meetings"),
        ("q", "“We did not write the rules.”"),
        ("p", "Year | Million"),
        ("p", "2025 | 262"),
        ("p", "2026 | 310"),
        ("p", "The deck is 300 m².\nIt burns less CO₂."),
        ("p", "Ms Lindqvist called it “a tool”."),
    ]
    assert links(extracted) == [
        ("Jane Doe", "https://post.example/jane"),
        ("leaked minutes", "https://post.example/minutes#p4"),
    ]
    assert extracted.title == "Ferry operator denies it wrote the tender"
    assert (extracted.byline, extracted.outlet) == ("Jane Doe, John Roe", "The Harbour Post")
    assert (extracted.published_at, extracted.language) == ("2026-02-19T00:15:00+01:00", "en-GB")
    assert extracted.source_url == "https://post.example/2026/ferry-tender"
    assert len(extracted.remarks) == 1
    assert extracted.remarks[0].startswith("Sidebars inside the article were left out")


BLOCKS = {
    "bare text": ("Said.", [("p", "Said.")]),
    "loose text beside paragraphs": ("<div>One<p>Two</p>Three</div>", [("p", "One"), ("p", "Two"), ("p", "Three")]),
    "unclosed paragraphs": ("<p>One<p>Two<li>Three", [("p", "One"), ("p", "Two"), ("li", "Three")]),
    "white space": ("<p>\n One \t two\n<b> three </b> four\u00a0five </p>", [("p", "One two three four\u00a0five")]),
    "split text": ("<p>It is <!-- -->12<!-- --> %</p>", [("p", "It is 12 %")]),
    "words across tags": ("<p>un<b>believ</b>able</p>", [("p", "unbelievable")]),
    "paragraphs in an item": ("<ul><li><p>One</p><p>More</p></li></ul>", [("li", "One"), ("p", "More")]),
    "nested lists": ("<ul><li>One<ul><li>Two</li></ul>More</li></ul>", [("li", "One"), ("li", "Two"), ("p", "More")]),
    "headings": ("<h1>A</h1><h6>B</h6>", [("h1", "A"), ("h6", "B")]),
    "preformatted": ("<pre>a\n  b\n\nc <b>d</b> e</pre>", [("p", "a\n  b"), ("p", "c d e")]),
    "layout table": ("<table><tr><td><p>One.</p><p>Two.</p></td><td>Three.</td></tr></table>", [("p", "One."), ("p", "Two."), ("p", "Three.")]),
    "terms": ("<dl><dt>One</dt><dd>Two</dd></dl>", [("p", "One"), ("li", "Two")]),
    "footnote mark": ("<p>Said<sup>[1]</sup> 10<sup>-3</sup>.</p>", [("p", "Said[1] 10⁻³.")]),
    "an ordinal": ("<p>The 19<sup>th</sup></p>", [("p", "The 19th")]),
    "references": ("<p>A&amp;B &lt;b&gt; &#8220;C&rdquo; &bogus; &#x110000;</p>", [("p", "A&B <b> “C” &bogus; \ufffd")]),
    "a tag in an attribute": ('<p title="</p><script>x</script>">Said.</p>', [("p", "Said.")]),
    "a comment in an attribute": ('<p title="<!--">Said.</p><p>Done.</p>', [("p", "Said."), ("p", "Done.")]),
    "unclosed comment": ("<p>Said.</p><!-- <p>no", [("p", "Said.")]),
    "unclosed script": ("<p>Said.</p><script>no <p>no", [("p", "Said.")]),
    "tag made of tags": ("<scr<script>no</script>ipt>no</script><p>Said.", [("p", "noipt>no"), ("p", "Said.")]),
    "a drawing": ("<p>Said<svg/> so <svg><title>no</title><text>no</text></svg>indeed.</p>", [("p", "Said so indeed.")]),
    "less-than": ("<p>1 < 2 and 3 <4</p>", [("p", "1 < 2 and 3 <4")]),
    "frames": ("<frameset><frame></frameset><p>Said.", [("p", "Said.")]),
    "lone surrogate": ("<p>Said \ud800.</p>", [("p", "Said \ufffd.")]),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_markup_becomes_blocks(html: str, expected: list[tuple[str, str]]):
    assert shapes(from_html(html)) == expected


LINKS = {
    "absolute": ('<a href=" https://a.example/x?y=1&amp;z=2 ">x</a>', [("x", "https://a.example/x?y=1&z=2")]),
    "mail": ('<a href="mailto:a@b.example">x</a>', [("x", "mailto:a@b.example")]),
    "relative, base unknown": ('<a href="/x">x</a>', []),
    "relative to the base": ('<base href="https://a.example/d/"><a href="x">x</a>', [("x", "https://a.example/d/x")]),
    "relative to og:url": ('<meta property="og:url" content="https://a.example/d"><a href="x">x</a>', [("x", "https://a.example/x")]),
    "script": ('<a href="javascript:alert(1)">x</a><a href=" java\nscript:alert(1)">y</a>', []),
    "data": ('<a href="data:text/html,x">x</a><a href="https:///x">y</a><a href="http://[x">z</a>', []),
    "across paragraphs": ('<a href="https://a.example"><p>One</p><p>Two</p></a>', [("One", "https://a.example"), ("Two", "https://a.example")]),
    "white space outside": ('<p>See <a href="https://a.example"> the report </a> now</p>', [("the report", "https://a.example")]),
    "in table cells": ('<table><tr><td>Año<td><a href="https://a.example">x</a></table>', [("x", "https://a.example")]),
    "empty": ('<a href="https://a.example"></a>Said', []),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), LINKS.values(), ids=LINKS)
def test_only_web_links_are_kept(html: str, expected: list[tuple[str, str]]):
    assert links(from_html(html + "<p>Said.</p>")) == expected


ROOTS = {
    "article": f"<p>menu</p><article>{LONG}</article><p>more</p>",
    "role": f"<p>menu</p><div role=main>{LONG}</div>",
    "schema.org": f'<p>menu</p><div itemscope itemtype="https://schema.org/NewsArticle">{LONG}</div>',
    "article among teasers": f"<article>{LONG}</article><article><p>menu</p></article>",
    "densest": f"<div><p>menu menu menu menu menu menu</p></div><div><div>{LONG * 4}</div></div>",
}


@pytest.mark.parametrize("html", ROOTS.values(), ids=ROOTS)
def test_the_article_is_found(html: str):
    texts = [draft.text for draft in from_html(html).drafts]
    assert set(texts) == {LONG[3:-4].strip()}


def test_pages_of_equal_articles_are_read_whole():
    assert len(from_html(f"<main><article>{LONG}</article><article>{LONG}</article></main>").drafts) == 2


def test_a_headline_outside_the_article_is_put_in_front():
    extracted = from_html(f"<div><h1>Mayor denies</h1></div><article>{LONG}</article>")
    assert shapes(extracted)[0] == ("h1", "Mayor denies")
    assert extracted.title == "Mayor denies"


FACTS = {
    "og title": ('<meta property="og:title" content="A &amp; B">', "title", "A & B"),
    "title without outlet": ('<title>A - B - Post</title><meta property="og:site_name" content="Post">', "title", "A - B"),
    "title with another tail": ('<title>A | B</title><meta property="og:site_name" content="Post">', "title", "A | B"),
    "h1 before title": ("<title>A for search</title><h1>A</h1>", "title", "A"),
    "author": ('<meta name="author" content="By Jane Doe">', "byline", "Jane Doe"),
    "author address": ('<meta property="article:author" content="https://a.example/jane">', "byline", None),
    "author shown": ('<a rel="nofollow author" href=x>Jane Doe</a>', "byline", "Jane Doe"),
    "published": ('<meta property="article:published_time" content="2026-02-19T08:00Z">', "published_at", "2026-02-19T08:00:00+00:00"),
    "time": ('<time datetime="2026-02-19">yesterday</time>', "published_at", "2026-02-19"),
    "bad time": ('<time datetime="2026-13-19">yesterday</time>', "published_at", None),
    "locale": ('<meta property="og:locale" content="de_AT">', "language", "de-AT"),
    "bad language": ('<html lang="english please">', "language", None),
    "script language": ('<html lang="zh-hans-cn">', "language", "zh-Hans-CN"),
    "canonical script": ('<link rel="canonical" href="javascript:alert(1)">', "source_url", None),
    "canonical relative": ('<link rel="canonical" href="/x">', "source_url", None),
    "linked data": ('<script type="application/ld+json">[{"@type":"Person"},{"@type":"ReportageNewsArticle","headline":"A\\ud800\\u0000B","url":"https://a.example"}]</script>', "title", "AB"),
    "linked data broken": ('<script type="application/ld+json">{"@type":"NewsArticle","headline":</script>', "title", None),
    "linked data deep": ('<script type="application/ld+json">' + "[" * 5000 + "</script>", "title", None),
    "linked data odd": ('<script type="application/ld+json">{"@type":"Article","headline":7,"author":[[1]],"datePublished":{},"publisher":"P"}</script>', "outlet", "P"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "field", "expected"), FACTS.values(), ids=FACTS)
def test_what_a_page_says_of_itself(html: str, field: str, expected: str | None):
    assert getattr(from_html(html + "<p>Said.</p>"), field) == expected


HOSTILE = {
    "nested blocks": "<div>" * 30_000 + "x" + "</div>" * 30_000,
    "nested words": "<span>" * 50_000 + "x",
    "nested lists": "<ul><li>x" * 30_000,
    "nested tables": "<table><tr><td>" * 20_000 + "x",
    "formatting left open": "".join(f"<b a={n}>" for n in range(20_000)) + "<p>x" * 30_000,
    "links left open": "<a href=https://a.example><div>" * 30_000 + "x",
    "attributes": "<p " + " ".join(f"a{n}" for n in range(100_000)) + ">x",
    "attributes on body": "x" + "".join(f"<body a{n}>" for n in range(30_000)),
    "options": "x<select>" + "<option>" * 50_000,
    "stray ends": "<div>" * 30_000 + "x" + "</p>" * 30_000,
    "open quotes": "x" + '<p a="' * 50_000,
    "open comments": "x" + "<!--" * 50_000,
    "open scripts": "x" + "<script>" * 50_000,
    "brackets": "x" + "<" * 50_000,
    "drawings": "x" + "<svg>" * 50_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_read(html: str):
    assert "x" in "".join(draft.text for draft in from_html(html).drafts)


def test_depth_is_bounded_before_parsing():
    tamed = tame("<div><span>" * 5_000)
    assert tamed.html.count("<div") < 300
    assert tamed.html.count("<span") < 100


def test_a_page_of_tags_is_refused():
    with pytest.raises(Invalid) as refusal:
        from_html("<b>" * (MOST_TAGS + 1))
    assert "copy the article and paste it as text" in refusal.value.fields["html"]


@pytest.mark.parametrize("html", ["", "<p></p>", "<script>x</script>", "<nav>x</nav>", "<p hidden>x", "<!-- x -->"])
def test_a_page_without_text_is_refused(html: str):
    with pytest.raises(Invalid) as refusal:
        from_html(html)
    assert "no text in it" in refusal.value.fields["html"]


SECRET = "alert(1)//secret"
PIECES = st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<", '"', "'", "<a href='x'>", "<b>", "</b>", "<ul><li>", "<table><tr><td>", "text ",
     "<!--", "-->", "<svg>", "</svg>", "<q>", "<pre>", "<br>", "<h2>", "<sup>2", "</", "/>", "=", "&lt;", "<textarea>",
     "</textarea>", "<title>", "</title>", "<template>", "<math>", "<![CDATA[", "]]>", "<noscript>", "<frameset>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.lists(PIECES, max_size=30))
def test_what_stands_in_a_script_is_never_text(before: list[str], after: list[str]):
    # A word keeps an open "<" or "<!" before the script from swallowing its tag, as any HTML parser would.
    html = "".join(before) + ">\"'-->>x <script>" + SECRET + "</script>" + "".join(after)
    document = built_or_refused(lambda: from_html(html), "html")
    assert document is None or SECRET not in document.text


@given(st.text(alphabet=st.sampled_from("<>/!-=\"' apbdivscrt\n&#;\x00\ud800é")))
def test_any_html_is_read_or_refused(html: str):
    document = built_or_refused(lambda: from_html(html), "html")
    assert document is None or not re.search(r"[\x00-\x08\ud800-\udfff]", document.text)
