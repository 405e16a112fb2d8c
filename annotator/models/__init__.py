"""The tables, one file a noun. Importing this package makes all of them known to the mapper."""

from annotator.models.annotation import Anchor, Annotation, Relation
from annotator.models.article import Article, ArticleVersion
from annotator.models.event import Event
from annotator.models.note import Evidence, Note
from annotator.models.party import Party
from annotator.models.user import ApiToken, OneTimeLink, Session, User

__all__ = [
    "Anchor",
    "Annotation",
    "ApiToken",
    "Article",
    "ArticleVersion",
    "Event",
    "Evidence",
    "Note",
    "OneTimeLink",
    "Party",
    "Relation",
    "Session",
    "User",
]
