"""JSON under /api/v1. An edge loads with permission, validates, calls one verb and presents."""

from flask import Flask

from annotator.api import (
    annotations,
    article_sign_offs,
    articles,
    assignments,
    comments,
    contacts,
    corrections,
    dashboard,
    export,
    files,
    history,
    inbox,
    notes,
    openapi,
    parties,
    places,
    relations,
    right_of_reply,
    sentences,
    sign_offs,
    sources,
    undo,
    versions,
)
from annotator.api.area import Row

AREAS = (
    articles.routes,
    versions.routes,
    sentences.routes,
    annotations.routes,
    places.routes,
    relations.routes,
    parties.routes,
    notes.routes,
    files.routes,
    sources.routes,
    contacts.routes,
    corrections.routes,
    right_of_reply.routes,
    sign_offs.routes,
    article_sign_offs.routes,
    assignments.routes,
    comments.routes,
    undo.routes,
    inbox.routes,
    history.routes,
    export.routes,
    dashboard.routes,
    openapi.routes,
)


def register(app: Flask) -> None:
    """Add the API to the application. `app.create_app` sends refusals beneath /api to `errors.answer`."""
    app.url_map.converters["row"] = Row
    for routes in AREAS:
        app.register_blueprint(routes)
