"""Every verb of history in words: after a name, and alone where an act is undone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """`sentence` is read after a name: `marked Claim 3`. `brief` is read alone: `Claim 3 marked`; empty for what only
    came of something else. `{name}` is the annotation or the article, `{tie}` what a relation says,
    `{number}` a version."""

    sentence: str
    brief: str = ""


DEEDS = {
    "article.imported": Deed("imported the article"),
    "article.described": Deed("changed the details of the article", "details of the article changed"),
    "article.arranged": Deed("arranged how the article is worked on", "arrangement of the article changed"),
    "article.archived": Deed("archived the article", "the article archived"),
    "article.unarchived": Deed("put the article back on the lists", "the article put back on the lists"),
    "article.version_added": Deed("added a version of the article", "version {number} added"),
    "article.version_withdrawn": Deed("took a version of the article back", "version {number} taken back"),
    "article.version_brought_back": Deed("brought a version of the article back", "version {number} brought back"),
    "article.signed_off": Deed("signed off the article", "the article signed off"),
    "article.sign_off_withdrawn": Deed("withdrew the sign-off of the article", "sign-off of the article withdrawn"),
    "article.sign_off_fallen": Deed("made the sign-off of the article fall"),
    "article.sign_off_revived": Deed("let the sign-off of the article stand again"),
    "sentence.cleared": Deed("read a sentence and found it clear", "a sentence marked clear"),
    "sentence.uncleared": Deed("marked a sentence unread", "a sentence marked unread"),
    "annotation.created": Deed("marked {name}", "{name} marked"),
    "annotation.moved": Deed("moved the edges of {name}", "{name} moved"),
    "annotation.retagged": Deed("changed the kind of {name}", "{name} changed"),
    "annotation.party_named": Deed("said whose words {name} are", "whose words {name} are"),
    "annotation.fields_changed": Deed("filled in fields of {name}", "fields of {name} filled in"),
    "annotation.denial_linked": Deed("said what {name} denies", "what {name} denies"),
    "annotation.deleted": Deed("deleted {name}", "{name} deleted"),
    "annotation.restored": Deed("restored {name}", "{name} restored"),
    "annotation.reopened": Deed("reopened {name}"),
    "annotation.carried": Deed("carried {name} to another version"),
    "annotation.confirmed": Deed("confirmed the place of {name}", "place of {name} confirmed"),
    "annotation.detached": Deed("said that {name} is about other words", "words of {name} let go"),
    "annotation.closed": Deed("closed {name}, whose words are gone", "{name} closed"),
    "annotation.taken_up": Deed("took up {name} again", "{name} taken up again"),
    "relation.added": Deed("said that {tie}", "tie of {name} made"),
    "relation.removed": Deed("no longer says that {tie}", "tie of {name} taken away"),
    "note.added": Deed("wrote a note on {name}", "note on {name} written"),
    "note.edited": Deed("edited a note on {name}", "note on {name} edited"),
    "note.taken_back": Deed("took back a note on {name}", "note on {name} taken back"),
    "note.brought_back": Deed("brought back a note on {name}", "note on {name} brought back"),
    "comment.added": Deed("commented on {name}", "comment on {name} sent"),
    "comment.edited": Deed("edited a comment on {name}", "comment on {name} edited"),
    "comment.resolved": Deed("resolved a thread on {name}", "thread on {name} resolved"),
    "comment.unresolved": Deed("took up a thread on {name} again", "thread on {name} taken up again"),
    "comment.taken_back": Deed("took back a comment on {name}", "comment on {name} taken back"),
    "comment.brought_back": Deed("brought back a comment on {name}", "comment on {name} brought back"),
    "contact.added": Deed("wrote down who was asked about {name}", "contact about {name} written down"),
    "contact.changed": Deed("changed a contact about {name}", "contact about {name} changed"),
    "contact.taken_back": Deed("took back a contact about {name}", "contact about {name} taken back"),
    "contact.brought_back": Deed("brought back a contact about {name}", "contact about {name} brought back"),
    "correction.added": Deed("suggested a correction of {name}", "correction of {name} suggested"),
    "correction.changed": Deed("changed a correction of {name}", "correction of {name} changed"),
    "correction.decided": Deed("decided on a correction of {name}", "correction of {name} decided"),
    "correction.taken_back": Deed("took back a correction of {name}", "correction of {name} taken back"),
    "correction.brought_back": Deed("brought back a correction of {name}", "correction of {name} brought back"),
    "sign_off.given": Deed("signed off {name}", "{name} signed off"),
    "sign_off.withdrawn": Deed("withdrew the sign-off of {name}", "sign-off of {name} withdrawn"),
    "correction.applied": Deed("applied a correction of {name}"),
    "correction.unapplied": Deed("put a correction of {name} back to accepted"),
    "sign_off.revived": Deed("let the sign-off of {name} stand again"),
    "sign_off.fallen": Deed("made the sign-off of {name} fall"),
    "assignment.made": Deed("assigned {name}", "{name} assigned"),
    "assignment.changed": Deed("assigned {name} anew", "{name} assigned anew"),
    "assignment.ended": Deed("ended an assignment of {name}", "assignment of {name} ended"),
    "source.withdrawn": Deed("withdrew a source used in the article"),
    "source.reinstated": Deed("reinstated a source used in the article"),
    "party.edited": Deed("changed what is known of whose words {name} are"),
    "party.merged": Deed("merged whose words {name} are with another party"),
}

STILL = "“Still stands” on {name}"
"""The act of which such a note is a part, alone."""

WHOLE = ("article.version_added", "article.version_withdrawn", "article.version_brought_back")
"""What all else in its act came of."""
