"""What a person can take back and do again in an article: told by their own events, and by nothing else.

All events of one unit of work are one act. An act whose events take back those of another (`undoes_id`) is an undoing
of it; an undoing of an undoing is a redoing, and can be undone in turn. So every act has a depth: even ones stand for
something done, odd ones for something taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from annotator.extensions import db
from annotator.models import Event

FAR = 5_000


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the person's own. `act` names its unit of work; events older than acts stand alone."""

    id: int
    act: str
    verb: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """The ids of one act's events, oldest first, and those of what was done in the first place."""

    ids: tuple[int, ...]
    root: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """What can be undone and what can be done again, the next one first."""

    undo: tuple[Act, ...]
    redo: tuple[Act, ...]


def steps_of(actor_id: int, article_id: int) -> list[Step]:
    """The person's own events in an article, oldest first: the newest FAR of them. One query.

    That something was carried goes with the version it was carried to.
    """
    wanted = select(Event.id, Event.act, Event.verb, Event.undoes_id)
    wanted = wanted.where(Event.verb != "annotation.carried")
    wanted = wanted.filter_by(article_id=article_id, actor_id=actor_id).order_by(Event.id.desc()).limit(FAR)
    rows = db.session.execute(wanted).all()
    return [Step(key, act or f"alone {key}", verb, undoes) for key, act, verb, undoes in reversed(rows)]


def stacks(steps: Iterable[Step], undoable: Callable[[list[str]], bool]) -> Stacks:
    """What follows from these events, oldest first. `undoable` tells an act by its verbs; others are passed over.

    An act that has been undone is not undone again. Something newly done leaves nothing to do again.
    """
    acts = _grouped(steps)
    target = _targets(acts)
    depth = _depths(acts, target)
    undone, done = set(target.values()), [key for key in acts if depth[key] == 0 and undoable(_verbs(acts[key]))]
    newest = acts[done[-1]][-1].id if done else 0
    standing = [key for key in reversed(acts) if key not in undone]
    undo = [key for key in standing if depth[key] % 2 == 0 and (depth[key] or undoable(_verbs(acts[key])))]
    redo = [key for key in standing if depth[key] % 2 and acts[key][0].id > newest]
    return Stacks(*(tuple(_act(key, acts, target) for key in keys) for keys in (undo, redo)))


Acts = dict[str, list[Step]]


def _grouped(steps: Iterable[Step]) -> Acts:
    acts: Acts = {}
    for step in steps:
        acts.setdefault(step.act, []).append(step)
    return acts


def _verbs(steps: list[Step]) -> list[str]:
    return [step.verb for step in steps]


def _targets(acts: Acts) -> dict[str, str]:
    """Which act each undoing takes back; empty when that lies further back than was looked."""
    home = {step.id: key for key, steps in acts.items() for step in steps}
    undoing = ((key, step.undoes) for key, steps in acts.items() for step in steps if step.undoes)
    return {key: home.get(undone, "") for key, undone in undoing}


def _depths(acts: Acts, target: dict[str, str]) -> dict[str, int]:
    depth = {"": 0}
    for key in acts:
        depth[key] = depth.get(target[key], 0) + 1 if key in target else 0
    return depth


def _act(key: str, acts: Acts, target: dict[str, str]) -> Act:
    root = key
    while target.get(root):
        root = target[root]
    return Act(*(tuple(step.id for step in acts[one]) for one in (key, root)))
