"""The pages: one blueprint an area. An edge loads with permission, validates, calls one verb and renders."""

from flask import Flask

from annotator.web import (
    account,
    addresses,
    annotations,
    articles,
    assets,
    dashboard,
    filters,
    headers,
    health,
    history,
    notes,
    parties,
    patterns,
    people,
    review,
    signing,
    whoami,
)

BLUEPRINTS = (
    signing.pages,
    account.pages,
    people.pages,
    articles.pages,
    review.pages,
    annotations.pages,
    notes.pages,
    parties.pages,
    dashboard.pages,
    health.pages,
    history.pages,
    assets.pages,
)


def register(app: Flask) -> None:
    """Add every page, and what all of them share. `app.create_app` sends refusals to `errors.answer`."""
    addresses.register(app)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
    if app.debug:
        app.register_blueprint(patterns.pages)
    for shared in (whoami, filters, assets, headers):
        shared.register(app)
