"""What every page must keep to, looked at whenever a test opens one."""

from __future__ import annotations

from collections import Counter
from contextvars import Context
from html.parser import HTMLParser

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from annotator.extensions import db

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
OPTIONAL_END = frozenset(["li", "p", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody"])
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "list")


class Outline(HTMLParser):
    """Reads a page or fragment and collects what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.ids: Counter[str] = Counter()
        self.open: list[str] = []
        self.references: list[str] = []
        self.form: dict[str, bool] | None = None
        self.title = ""
        self.whole = False

    def handle_decl(self, decl: str) -> None:
        """Only whole pages say what they are."""
        self.whole = decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice")
        self._note_names(given)
        self._refuse_inline(tag, given)
        self._follow_form(tag, given)
        if tag not in VOID:
            self.open.append(tag)

    def _note_names(self, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids[given["id"]] += 1
        for name in REFERENCES:
            self.references += given.get(name, "").split()

    def _refuse_inline(self, tag: str, given: dict[str, str]) -> None:
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.problems.append(f"<{tag}> has the attribute {name}")
            if name != "value" and value.strip().lower().startswith("javascript:"):
                self.problems.append(f"<{tag}> has a javascript: address")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.problems.append(f"<{tag}> inside the page")

    def _follow_form(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form":
            if self.form is not None:
                self.problems.append("a form inside a form")
            sends = given.get("method", "get").lower() == "post" or any(name in given for name in ("hx-post", "hx-put"))
            self.form = {"sends": sends, "token": False}
        elif tag == "input" and given.get("name") == "csrf_token" and self.form is not None:
            self.form["token"] = bool(given.get("value"))

    def handle_endtag(self, tag: str) -> None:
        """Ends must match starts."""
        if tag == "form" and self.form:
            if self.form["sends"] and not self.form["token"]:
                self.problems.append("a form that sends has no csrf_token")
            self.form = None
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> ends nothing that is open")

    def handle_data(self, data: str) -> None:
        """Keep the title's words."""
        if self.open[-1:] == ["title"] and "svg" not in self.open:
            self.title += data


def problems(html: str) -> list[str]:
    """What is wrong with a page (or, when it has no doctype, a fragment), as short sentences."""
    outline = Outline()
    outline.feed(html)
    outline.close()
    found = outline.problems + [f"the id {name} stands {n} times" for name, n in outline.ids.items() if n > 1]
    if outline.whole:
        found += [] if outline.title.strip() else ["the page has no title"]
        found += [f"nothing has the id {name}" for name in outline.references if name not in outline.ids]
        found += [f"<{tag}> is never closed" for tag in outline.open if tag not in OPTIONAL_END]
    return found


def look_at(response: TestResponse) -> None:
    """Fail when a page that a test has opened breaks a rule of the house."""
    if response.mimetype == "text/html" and response.data and not response.location:
        found = problems(response.get_data(as_text=True))
        assert not found, f"{response.request.path}: {'; '.join(found)}"


class StrictClient(FlaskClient):
    """A test client that looks at every page, and whose requests share nothing with the test around them."""

    token = ""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        """Send a request in a context of its own, as a server would; what the test has read before is forgotten."""
        if has_app_context():
            db.session.rollback()
        response: TestResponse = Context().run(super().open, *args, **kwargs)  # type: ignore[arg-type]
        look_at(response)
        return response

    def submit(self, path: str, data: dict[str, object] | None = None, **kwargs: object) -> TestResponse:
        """Send a form as the browser would, with the page's token."""
        return self.post(path, data={"csrf_token": self.token, **(data or {})}, **kwargs)

    def submit_json(self, path: str, value: object, method: str = "POST", **headers: str) -> TestResponse:
        """Send JSON as the page's script would: with the token in a header."""
        return self.open(path, method=method, json=value, headers={"X-CSRFToken": self.token, **headers})
