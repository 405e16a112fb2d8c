"""The record of an article as plain values: what pages, the API and every export format are made from.

Times are aware and in UTC, offsets are code points into the version's canonical text.
"""

from annotator.exports.snapshot.annotations import Anchor, Annotation, Assignment, Closed, Given, Relation, SignOff
from annotator.exports.snapshot.articles import Article, ArticleSignOff, Head, Sentence, Snapshot, Version
from annotator.exports.snapshot.asking import Comment, Contact, Correction, Decided, FollowUp
from annotator.exports.snapshot.notes import Evidence, File, Note, Withdrawn, Wording
from annotator.exports.snapshot.people import Party, Person

__all__ = [
    "Anchor",
    "Annotation",
    "Article",
    "ArticleSignOff",
    "Assignment",
    "Closed",
    "Comment",
    "Contact",
    "Correction",
    "Decided",
    "Evidence",
    "File",
    "FollowUp",
    "Given",
    "Head",
    "Note",
    "Party",
    "Person",
    "Relation",
    "Sentence",
    "SignOff",
    "Snapshot",
    "Version",
    "Withdrawn",
    "Wording",
]
