"""Who may do what: one list of permissions, one table of roles.

Edges ask `allow` before they call a verb; services ask again where the answer depends on the thing itself
(whose note it is). A desk is one newsroom: everybody who is signed in may read every article.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.errors import Forbidden

READ = "read articles"
ANNOTATE = "mark and verify"
IMPORT = "import articles"
LEAD = "see the dashboard"
DECIDE = "decide on corrections and disagreements"
ASSIGN = "assign work"
INVITE = "invite people"
MANAGE = "manage people"

ROLES = ("reviewer", "lead", "admin")

_REVIEWER = frozenset({READ, ANNOTATE, IMPORT})
_LEAD = _REVIEWER | {LEAD, DECIDE, ASSIGN, INVITE}
MAY = {"reviewer": _REVIEWER, "lead": _LEAD, "admin": _LEAD | {MANAGE}}

SCOPES = ("read", "annotate", "manage")
GRANTS = {
    "read": frozenset({READ, LEAD}),
    "annotate": frozenset({READ, ANNOTATE, IMPORT, DECIDE, ASSIGN}),
    "manage": frozenset({READ, LEAD, INVITE, MANAGE}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as plain values. `scopes` is None in the browser, or what their token may do."""

    id: int
    username: str
    name: str
    role: str
    scopes: frozenset[str] | None = None

    def may(self, permission: str) -> bool:
        """Whether the role allows it, and the token, when there is one, too."""
        if permission not in MAY[self.role]:
            return False
        return self.scopes is None or any(permission in GRANTS[scope] for scope in self.scopes)


def allow(actor: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor may do it."""
    if not actor.may(permission):
        raise Forbidden(f"Your role ({actor.role}) or token does not allow this: {permission}.")


def decides(actor: Actor, article_lead: str | None) -> bool:
    """Whether this person decides in an article: a lead does, and whoever leads it (named by username)."""
    return actor.may(DECIDE) or actor.username == article_lead
