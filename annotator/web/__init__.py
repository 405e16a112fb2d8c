"""The pages: one blueprint an area. An edge loads with permission, validates, calls one verb and renders."""

from flask import Flask

from annotator.web import (
    account,
    addresses,
    annotations,
    arranging,
    article_sign_offs,
    articles,
    assets,
    assignments,
    comments,
    contacts,
    corrections,
    dashboard,
    editing,
    files,
    filters,
    headers,
    health,
    history,
    inbox,
    notes,
    parties,
    party_pages,
    patterns,
    people,
    queue,
    reading,
    relations,
    review,
    right_of_reply,
    sign_offs,
    signing,
    sources,
    touched,
    undoing,
    versions,
    whoami,
)

BLUEPRINTS = (
    signing.pages,
    account.pages,
    people.pages,
    articles.pages,
    review.pages,
    reading.pages,
    versions.pages,
    editing.pages,
    touched.pages,
    article_sign_offs.pages,
    right_of_reply.pages,
    annotations.pages,
    notes.pages,
    files.pages,
    sources.pages,
    parties.pages,
    party_pages.pages,
    relations.pages,
    comments.pages,
    contacts.pages,
    corrections.pages,
    sign_offs.pages,
    assignments.pages,
    arranging.pages,
    queue.pages,
    dashboard.pages,
    health.pages,
    history.pages,
    undoing.pages,
    inbox.pages,
    assets.pages,
)


def register(app: Flask) -> None:
    """Add every page, and what all of them share. `app.create_app` sends refusals to `errors.answer`."""
    addresses.register(app)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
    if app.debug:
        app.register_blueprint(patterns.pages)
    for shared in (whoami, inbox, filters, assets, headers):
        shared.register(app)
