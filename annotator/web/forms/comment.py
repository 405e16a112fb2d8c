"""Comments as forms."""

from __future__ import annotations

from uuid import uuid4

from wtforms import HiddenField, TextAreaField

from annotator.web.forms.annotation import RowForm

NAMES = {"body": "comment"}
"""What the service calls a field, and the forms another name: a card has other fields called body."""


class CommentForm(RowForm):
    """A comment. `uuid` makes a repeated save safe; `row` is what was seen of one that is edited."""

    uuid = HiddenField()
    comment = TextAreaField("Comment")

    @classmethod
    def blank(cls) -> CommentForm:
        """An empty form."""
        return cls(formdata=None, data={"uuid": str(uuid4())})

    @classmethod
    def of(cls, body: str) -> CommentForm:
        """A form that shows a stored comment, to edit it."""
        return cls(formdata=None, data={"comment": body}).called("Your comment")

    def called(self, label: str) -> CommentForm:
        """The same form with its field called this; a page has several."""
        self.comment.label.text = label
        return self
