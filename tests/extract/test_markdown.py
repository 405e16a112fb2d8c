"""Markdown files: blocks, links, and front matter."""

from __future__ import annotations

import pytest

from annotator.errors import Invalid
from annotator.extract import MOST_CHARACTERS, Extracted, from_file
from tests.extract.reading import links, shapes


def read(text: str) -> Extracted:
    return from_file(text.encode(), "story.md")


BLOCKS = {
    "headings": ("# One\n\nTwo\n===\n\n### Three", [("h1", "One"), ("h1", "Two"), ("h3", "Three")]),
    "soft and hard breaks": ("One\ntwo  \nthree", [("p", "One two\nthree")]),
    "emphasis": ("*One* **two** `three`", [("p", "One two three")]),
    "list": ("Said.\n\n- One\n- Two\n  - Three", [("p", "Said."), *(("li", t) for t in ("One", "Two", "Three"))]),
    "two blocks in an item": ("1. One\n\n   More", [("li", "One"), ("p", "More")]),
    "quotation": ("> One\n>\n> Two", [("q", "One"), ("q", "Two")]),
    "list in a quotation": ("> - One", [("li", "One")]),
    "code": ("Said.\n\n```\na\nb\n```", [("p", "Said."), ("p", "a\nb")]),
    "markup is text": ("Said <b>so</b>.", [("p", "Said <b>so</b>.")]),
    "a picture is nothing": ("Said ![a cat](x.png)so.", [("p", "Said so.")]),
    "references": ("AT&amp;T \\*", [("p", "AT&T *")]),
    "a rule": ("One.\n\n---\n\nTwo.", [("p", "One."), ("p", "Two.")]),
    "Windows line ends": ("One\r\n\r\nTwo", [("p", "One"), ("p", "Two")]),
    "deep lists": ("\n".join("  " * n + f"- x{n}" for n in range(25)), [("li", f"x{n}") for n in range(25)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_markdown_becomes_blocks(text: str, expected: list[tuple[str, str]]):
    assert shapes(read(text)) == expected


LINKS = {
    "[the report](https://a.example/r)": [("the report", "https://a.example/r")],
    "See [a](https://a.example) and [b](mailto:b@b.example).": [
        ("a", "https://a.example"),
        ("b", "mailto:b@b.example"),
    ],
    "<https://a.example/x>": [("https://a.example/x", "https://a.example/x")],
    "[**bold** words][r]\n\n[r]: https://a.example": [("bold words", "https://a.example")],
    "[a](javascript:alert(1)) [b](/relative) [c](data:text/html,x)": [],
}


@pytest.mark.parametrize(("text", "expected"), LINKS.items(), ids=LINKS)
def test_only_web_links_are_kept(text: str, expected: list[tuple[str, str]]):
    assert links(read(text)) == expected


def test_front_matter_is_read_and_not_shown():
    extracted = read(
        '---\ntitle: "Mayor: no"\nauthors:\n  - Jane Doe\n  - John Roe\ndate: 2026-02-19T08:00:00Z\nlang: en_GB\n'
        "publisher: The Post\nurl: https://a.example/1\ntags: [x, y]\n# a remark\n---\nShe denies it.\n"
    )
    assert extracted.title == "Mayor: no"
    assert extracted.byline == "Jane Doe, John Roe"
    assert extracted.published_at == "2026-02-19T08:00:00+00:00"
    assert (extracted.language, extracted.outlet) == ("en-GB", "The Post")
    assert extracted.source_url == "https://a.example/1"
    assert shapes(extracted) == [("h1", "Mayor: no"), ("p", "She denies it.")]


def test_a_headline_in_the_text_is_not_doubled():
    assert shapes(read("---\ntitle: Short\n---\n# The whole headline\n\nSaid.")) == [
        ("h1", "The whole headline"),
        ("p", "Said."),
    ]


def test_the_first_heading_is_the_title_where_nothing_else_tells():
    extracted = read("# Mayor denies\n\nBy Jane Doe\n\n19 February 2026\n\nShe did.")
    assert (extracted.title, extracted.byline, extracted.published_at) == ("Mayor denies", "Jane Doe", "2026-02-19")


@pytest.mark.parametrize("text", ["---\nThis is no pair\n---\nSaid.", "---\n\nSaid.", "---\ntitle: open\n\nSaid."])
def test_rules_that_are_no_front_matter_stay_text(text: str):
    extracted = read(text)
    assert extracted.title is None
    words = [line for line in text.split("\n") if line and line != "---"]
    assert [draft.text for draft in extracted.drafts] == words


def test_a_source_longer_than_the_limit_is_refused():
    with pytest.raises(Invalid) as refusal:
        read("- x\n" * (MOST_CHARACTERS // 4 + 1))
    assert "the most is 1,000,000" in refusal.value.fields["file"]
