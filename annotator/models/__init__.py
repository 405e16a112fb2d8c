"""The tables, one file a noun. Importing this package makes all of them known to the mapper."""

from annotator.models.annotation import Anchor, Annotation, Relation
from annotator.models.article import Article, ArticleVersion, SentenceCheck
from annotator.models.comment import Comment, Notice
from annotator.models.contact import Contact
from annotator.models.correction import Correction
from annotator.models.event import Event
from annotator.models.note import Evidence, Note
from annotator.models.party import Party, PartyAlias
from annotator.models.sign_off import Assignment, SignOff
from annotator.models.source import File, Source
from annotator.models.user import ApiToken, OneTimeLink, Session, User

__all__ = [
    "Anchor",
    "Annotation",
    "ApiToken",
    "Article",
    "ArticleVersion",
    "Assignment",
    "Comment",
    "Contact",
    "Correction",
    "Event",
    "Evidence",
    "File",
    "Note",
    "Notice",
    "OneTimeLink",
    "Party",
    "PartyAlias",
    "Relation",
    "SentenceCheck",
    "Session",
    "SignOff",
    "Source",
    "User",
]
