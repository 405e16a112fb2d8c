"""Parties known from earlier work."""

from __future__ import annotations

from sqlalchemy import func, select

from annotator.exports import snapshot
from annotator.extensions import db
from annotator.models import Annotation, Party
from annotator.text.prose import folded


def suggestions(typed: str, limit: int = 12) -> list[snapshot.Party]:
    """Parties whose name contains what was typed, the most used first, then by name. At most `limit`."""
    used = select(Annotation.party_id, func.count().label("times")).group_by(Annotation.party_id).subquery()
    wanted = select(Party).outerjoin(used, used.c.party_id == Party.id)
    name = folded(" ".join(typed.replace("\0", "").split())[:200])
    wanted = wanted.where(Party.folded.contains(name, autoescape=True))
    wanted = wanted.order_by(func.coalesce(used.c.times, 0).desc(), Party.folded).limit(limit)
    return [snapshot.Party(party.name, party.role, party.organisation) for party in db.session.scalars(wanted)]
