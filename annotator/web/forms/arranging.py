"""How an article is worked on, as a form."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField

from annotator.exports import snapshot
from annotator.queries import people
from annotator.services.arranging import Arrangement
from annotator.services.moments import as_written, moment
from annotator.web.forms.annotation import RowForm


class ArrangementForm(RowForm):
    """Who leads an article, until when it is due, and whether it is read blind. `row` is that of the article."""

    lead = SelectField("Lead", validate_choice=False)
    due_at = StringField("Due")
    blind = BooleanField("Read blind")

    @classmethod
    def of(cls, article: snapshot.Article) -> ArrangementForm:
        """A form that shows how the article is arranged."""
        lead = article.lead.username if article.lead else ""
        data = {"lead": lead, "due_at": as_written(article.due_at), "blind": article.blind}
        return cls(formdata=None, data=data | {"row": str(article.row_version)}).with_people(article)

    def with_people(self, article: snapshot.Article) -> ArrangementForm:
        """The same form with everybody who may lead it, and who leads it now."""
        now = {article.lead.username: article.lead.name} if article.lead else {}
        self.lead.choices = {"": "Nobody"} | now | people.active()
        return self

    def arrangement(self) -> Arrangement:
        """What was chosen, as the service reads it. Raises Invalid on `due_at`."""
        return Arrangement(self.lead.data or None, moment(self.due_at.data or "", "due_at"), bool(self.blind.data))
