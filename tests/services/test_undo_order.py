"""What comes next when undoing and redoing: acts as data, each a name, with what it takes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.queries.undoing import Stacks, Step, stacks

# Each act is a name, or `name<other` for an act that takes the other back. `import` cannot be taken back.
CASES = [
    ("nothing done", "", "", ""),
    ("the newest first", "a b c", "c b a", ""),
    ("one taken back", "a b u<b", "a", "u"),
    ("both taken back: the first is done again first", "a b u<b v<a", "", "v u"),
    ("done again", "a b u<b r<u", "r a", ""),
    ("both back, one done again", "a b u<b v<a r<v", "r", "u"),
    ("all done again", "a b u<b v<a r<v s<u", "s r", ""),
    ("taken back a second time", "a u<a r<u w<r", "", "w"),
    ("done again a second time", "a u<a r<u w<r x<w", "x", ""),
    ("something new leaves nothing to do again", "a b u<b c", "c a", ""),
    ("and is taken back itself", "a b u<b c v<c", "a", "v"),
    ("what cannot be taken back is passed over", "import a import b", "b a", ""),
    ("and does not end what can be done again", "a u<a import", "", "u"),
    ("undone further back than is looked", "u<gone a", "a", ""),
]


def steps(written: str) -> list[Step]:
    """The acts as events, oldest first, one each."""
    ids: dict[str, int] = {}
    found = []
    for number, word in enumerate(written.split(), 1):
        name, _, taken = word.partition("<")
        ids[name] = number
        found.append(Step(number, f"{name} {number}", name, (ids.get(taken) or 9_999) if taken else None))
    return found


def looked_at(found: list[Step]) -> Stacks:
    """What can be undone and redone."""
    return stacks(found, lambda verbs: "import" not in verbs)


def said(found: list[Step], acts: tuple[object, ...]) -> str:
    """The acts by name."""
    names = {step.id: step.verb for step in found}
    return " ".join(names[act.ids[0]] for act in acts)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "written", "undo", "redo"), CASES, ids=[case[0] for case in CASES])
def test_what_comes_next(name: str, written: str, undo: str, redo: str) -> None:
    found = steps(written)
    now = looked_at(found)
    assert (said(found, now.undo), said(found, now.redo)) == (undo, redo)


def test_an_act_is_told_by_what_was_done_at_first() -> None:
    found = steps("a u<a r<u w<r")
    assert looked_at(found).redo[0].root == (1,)


def test_the_events_of_one_unit_of_work_are_one_act() -> None:
    found = [Step(1, "x", "a"), Step(2, "x", "b"), Step(3, "y", "c"), Step(4, "z", "d", 3), Step(5, "w", "e", 2)]
    now = looked_at(found)
    assert [act.ids for act in now.undo] == []
    assert [act.ids for act in now.redo] == [(5,), (4,)]
    assert now.redo[0].root == (1, 2)


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=40))
def test_it_is_two_stacks_whatever_is_pressed(keys: list[str]) -> None:
    """Compared with the plain thing: a stack of what is done, and one of what was taken back."""
    found: list[Step] = []
    done: list[int] = []
    back: list[int] = []
    for key in keys:
        now = looked_at(found)
        assert [act.root[0] for act in now.undo] == done[::-1]
        assert [act.root[0] for act in now.redo] == back[::-1]
        number = len(found) + 1
        if key == "do":
            found.append(Step(number, f"act {number}", "a"))
            done, back = [*done, number], []
        elif key == "undo" and done:
            found.append(Step(number, f"act {number}", "u", now.undo[0].ids[-1]))
            back.append(done.pop())
        elif key == "redo" and back:
            found.append(Step(number, f"act {number}", "r", now.redo[0].ids[-1]))
            done.append(back.pop())
