"""The open card of an annotation, with the forms that belong to it."""

from __future__ import annotations

from flask import Response, make_response, render_template
from markupsafe import Markup

from annotator.access import LEAD, Actor
from annotator.exports import snapshot
from annotator.queries import articles, sealing
from annotator.web.forms.annotation import KindForm
from annotator.web.sections import (
    Forms,
    Section,
    comments,
    contacts,
    corrections,
    deciding,
    notes,
    parties,
    relations,
    touched,
)

SECTIONS: tuple[Section, ...] = (
    parties.section,
    relations.section,
    notes.section,
    contacts.section,
    corrections.section,
    comments.section,
    deciding.section,
    touched.section,
)


def opened(record: snapshot.Annotation, actor: Actor, forms: Forms | None = None, refusal: str = "") -> Markup:
    """The open card as HTML, without what is sealed to the person. `refusal` is shown at its top."""
    forms, record = forms or Forms(), sealing.sealed(record, actor)
    given = {name: value for section in SECTIONS for name, value in section(record, actor, forms).items()}
    return Markup(
        render_template(
            "review/_card_open.html",
            card=record,
            may_delete=record.created_by.username == actor.username or actor.may(LEAD),
            me=actor,
            kind_form=KindForm(formdata=None, data={"kind": record.kind}),
            focus=forms.focus,
            refusal=refusal,
            **given,
        )
    )


def alone(record: snapshot.Annotation, card: Markup, status: int = 200) -> Response:
    """The open card on a page of its own, for browsers without script and for links from elsewhere."""
    article = articles.article(record.article)
    page = render_template("annotations/page.html", article=article, card=card, record=record)
    return make_response(page, status)
