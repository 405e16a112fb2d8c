"""The look that the strict client takes at every page."""

from __future__ import annotations

import pytest

from tests.support.pages import problems

WRONG = {
    "ids": ('<p id="a"></p><p id="a"></p>', "the id a stands 2 times"),
    "handler": ('<button onclick="go()">Go</button>', "<button> has the attribute onclick"),
    "hx-on": ('<button hx-on:click="go()">Go</button>', "<button> has the attribute hx-on:click"),
    "style": ('<p style="color: red">Red</p>', "<p> has the attribute style"),
    "script": ("<script>go()</script>", "<script> inside the page"),
    "address": ('<a href=" javascript:go()">Go</a>', "<a> has a javascript: address"),
    "token": ('<form method="post"><button>Send</button></form>', "a form that sends has no csrf_token"),
    "htmx": ('<form hx-post="/x"><button>Send</button></form>', "a form that sends has no csrf_token"),
    "nested": ("<form><form></form></form>", "a form inside a form"),
    "end": ("<div></section></div>", "</section> ends nothing that is open"),
    "title": ("<!doctype html><html></html>", "the page has no title"),
    "label": ('<!doctype html><title>A</title><label for="b">B</label>', "nothing has the id b"),
    "open": ("<!doctype html><title>A</title><div>", "<div> is never closed"),
    "twice": ('<p class="a" class="b"></p>', "<p> has an attribute twice"),
}


@pytest.mark.parametrize(("html", "problem"), WRONG.values(), ids=WRONG.keys())
def test_what_breaks_a_rule_is_named(html: str, problem: str) -> None:
    assert problem in problems(html)


def test_a_good_page_is_left_alone() -> None:
    page = (
        "<!doctype html><html lang=en><title>Articles</title><link rel=stylesheet href=/a.css><script src=/a.js></script>"
        '<ul><li>One<li>Two</ul><form method="post"><input type="hidden" name="csrf_token" value="x">'
        '<label for="q">Title</label><input id="q"></form><br></html>'
    )
    assert problems(page) == []
