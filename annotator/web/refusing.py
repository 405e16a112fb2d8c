"""A card whose form was refused: what was typed is still in it, and each sentence stands where it belongs."""

from __future__ import annotations

from flask import Response
from flask_wtf import FlaskForm

from annotator.errors import Conflict, Invalid
from annotator.queries import records
from annotator.web import cards, fragments
from annotator.web.forms import show_refusal
from annotator.web.sections import Forms
from annotator.web.whoami import me


def refused(
    uuid: str, where: str, form: FlaskForm, refusal: Invalid | Conflict, names: dict[str, str] | None = None
) -> Response:
    """The card as it is now, with the form as it was sent under the name `where`.

    Invalid goes to the fields (`names` maps the service's names to the form's), Conflict to the top of the card.
    """
    record, forms, sentence = records.record(uuid), Forms(others={where: form}), ""
    if isinstance(refusal, Invalid):
        show_refusal(form, refusal, names)
    else:
        sentence = refusal.message
    card = cards.opened(record, me(), forms, sentence)
    if not fragments.wanted():
        return cards.alone(record, card, refusal.status)
    return fragments.answer([], main=card, status=refusal.status)
