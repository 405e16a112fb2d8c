"""The watch that every test in the browser stands under, itself put to the test."""

from __future__ import annotations

from tests.support.browser import Page, Watch


def test_a_signed_in_page_opens_without_complaint(page: Page) -> None:
    page.goto("/articles")
    assert page.get_by_role("link", name="New article").first.is_visible()


def test_the_watch_sees_errors_refused_content_and_other_hosts(page: Page, watch: Watch) -> None:
    for part in ("a slip of the pen", "Content Security Policy", "elsewhere.example"):
        watch.allow(part)
    page.goto("/articles")
    page.evaluate("setTimeout(() => { throw new Error('a slip of the pen') })")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.example/a.png'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("document.images[document.images.length - 1].complete")
    seen = " ".join(watch.problems)
    assert "a slip of the pen" in seen
    assert "Content Security Policy" in seen
    assert watch.unexpected() == []
