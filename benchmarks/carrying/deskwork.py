"""What happens to an article of the second source between two drafts. Each act works on characters, not on words."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from random import Random
from unicodedata import normalize

from benchmarks.carrying import strands
from benchmarks.carrying.newsroom import STOCK, Part, Story
from benchmarks.carrying.strands import put, put_for, wording

FIGURE = re.compile(r"\d[\d.,]*\d|\d")
SPACE = re.compile(r"(?<=[\w,]) (?=\w)")
WORD = re.compile(r"\w[\w’'-]*")


def rework(story: Story, acts: int) -> Story:
    """A copy to which so many things were done."""
    work = Story(list(map(deepcopy, story.parts)), story.random, story.reporter)
    names = work.random.choices(list(ACTS), [weight for _, weight in ACTS.values()], k=acts)
    for name in names:
        ACTS[name][0](work)
        work.parts = [part for part in work.parts if part.sentences]
    return work


def _any(story: Story, *kinds: str) -> tuple[Part, int] | None:
    parts = [part for part in story.parts if part.sentences and (not kinds or part.kind in kinds)]
    part = story.random.choice(parts) if parts else None
    return (part, story.random.randrange(len(part.sentences))) if part else None


def _edit(story: Story, pattern: re.Pattern[str], change: Callable[[str], str], name: str, whole: bool = True) -> None:
    """Change one place of a sentence that fits the pattern, or put something in there."""
    spot = _any(story)
    places = list(pattern.finditer(wording(spot[0].sentences[spot[1]]))) if spot else []
    if not spot or not places:
        return
    part, at = spot
    place, sentence = story.random.choice(places), part.sentences[at]
    letters = change(place[0])
    if letters == place[0] or any(not one.kept and one.of for one in sentence):
        return
    story.note(name, sentence)
    put_in = put(sentence, place.start(), letters)
    part.sentences[at] = put_for(sentence, *place.span(), letters) if whole else put_in


def figure(story: Story) -> None:
    """Correct a figure."""
    pick = story.random
    _edit(story, FIGURE, lambda was: re.sub(r"\d", lambda _: str(pick.randint(1, 9)), was), "edited")


def name(story: Story) -> None:
    """Correct a name everywhere: another person was meant."""
    was = story.random.choice(story.reporter.people).split(" ", 1)[1]
    now = story.random.choice([one for one in STOCK["family"] if one != was])
    for part in story.parts:
        for at, sentence in enumerate(part.sentences):
            found = wording(sentence).find(was)
            if found >= 0 and all(one.kept or not one.of for one in sentence):
                story.note("edited", sentence)
                part.sentences[at] = put_for(sentence, found, found + len(was), now)


def reword(story: Story) -> None:
    """Say a word in another way."""

    def other(was: str) -> str:
        return str(STOCK["swap"].get(was, story.random.choice(STOCK["other"])))

    _edit(story, WORD, other, "edited")


def misspelt(story: Story) -> None:
    """Correct a letter of a long word."""
    _edit(story, re.compile(r"\w{5,}"), lambda was: was[:2] + was[3] + was[2] + was[4:], "edited")


def bridge(story: Story) -> None:
    """Put words into the middle of a sentence."""
    _edit(story, SPACE, lambda _: story.random.choice(STOCK["bridge"]), "widened", whole=False)


def lead_in(story: Story) -> None:
    """Put words before a sentence."""
    spot = _any(story, "plain")
    if spot:
        part, at = spot
        story.note("lengthened", part.sentences[at])
        part.sentences[at] = put(part.sentences[at], 0, story.random.choice(STOCK["lead"]))


def trail(story: Story) -> None:
    """Put words at the end of a sentence, before its full stop."""
    spot = _any(story, "plain")
    if spot and wording(spot[0].sentences[spot[1]]).endswith("."):
        part, at = spot
        sentence = part.sentences[at]
        story.note("lengthened", sentence)
        part.sentences[at] = put(sentence, len(wording(sentence)) - 1, story.random.choice(STOCK["trail"]))


def trim(story: Story) -> None:
    """Take a few words out of a sentence."""
    spot = _any(story, "plain", "talk")
    spaces = [one.start() for one in SPACE.finditer(wording(spot[0].sentences[spot[1]]))] if spot else []
    if spot and len(spaces) > 6:
        part, at = spot
        first = story.random.randrange(len(spaces) - 4)
        sentence, (low, high) = part.sentences[at], (spaces[first], spaces[first + story.random.randint(1, 4)])
        story.note("edited", sentence)
        part.sentences[at] = [*strands.cut(sentence, 0, low), *strands.cut(sentence, high, len(wording(sentence)))]


def drop_sentence(story: Story) -> None:
    """Delete a sentence, a row or a line of an interview."""
    spot = _any(story)
    if spot:
        del spot[0].sentences[spot[1]]


def drop_part(story: Story) -> None:
    """Delete a paragraph."""
    if len(story.parts) > 3:
        del story.parts[story.random.randrange(len(story.parts))]


def drop_double(story: Story) -> None:
    """Delete one of two sentences that read alike but for their figures, wherever they stand."""
    seen: dict[str, list[tuple[Part, int]]] = {}
    for part in story.parts:
        for at, sentence in enumerate(part.sentences):
            seen.setdefault(FIGURE.sub("0", wording(sentence)), []).append((part, at))
    doubles = [places for places in seen.values() if len(places) > 1]
    if doubles:
        part, at = story.random.choice(story.random.choice(doubles))
        del part.sentences[at]


def write_sentence(story: Story) -> None:
    """Write a sentence more."""
    spot = _any(story, "plain")
    if spot:
        spot[0].sentences.insert(spot[1] + story.random.randint(0, 1), strands.new(story.reporter.sentence()))


def write_part(story: Story) -> None:
    """Write a paragraph of any kind."""
    lines, joint, kind, spaced = story.reporter.part()
    part = Part([strands.new(line) for line in lines], joint, kind, spaced)
    story.parts.insert(story.random.randint(0, len(story.parts)), part)


def write_row(story: Story) -> None:
    """Add a row that looks like the others, with other figures."""
    spot = _any(story, "rows")
    if spot:
        row = re.sub(r"\d", lambda _: str(story.random.randint(1, 9)), wording(spot[0].sentences[spot[1]]))
        if row not in map(wording, spot[0].sentences):
            spot[0].sentences.insert(story.random.randint(0, len(spot[0].sentences)), strands.new(row))


def break_part(story: Story) -> None:
    """Make two paragraphs of one."""
    spot = _any(story, "plain", "emoji")
    if spot and spot[1] > 0:
        part, at = spot
        where = next(number for number, one in enumerate(story.parts) if one is part)
        story.parts[where : where + 1] = [Part(part.sentences[:at], part.joint), Part(part.sentences[at:], part.joint)]


def join_parts(story: Story) -> None:
    """Make one paragraph of two."""
    for at in story.random.sample(range(len(story.parts) - 1), len(story.parts) - 1):
        one, other = story.parts[at : at + 2]
        if one.kind == other.kind == "plain":
            story.parts[at : at + 2] = [Part(one.sentences + other.sentences)]
            return


def move_part(story: Story) -> None:
    """Put a paragraph elsewhere; now and then touch it up on the way."""
    part = story.parts.pop(story.random.randrange(len(story.parts)))
    for sentence in part.sentences:
        story.note("moved", sentence)
    story.parts.insert(story.random.randint(0, len(story.parts)), part)
    if story.random.random() < 0.5 and part.kind == "plain":
        _edit(Story([part], story.random, story.reporter, story.done), WORD, lambda was: "formerly", "edited")


def reorder(story: Story) -> None:
    """Put three paragraphs into another order."""
    if len(story.parts) > 5:
        at = story.random.randrange(len(story.parts) - 3)
        three = story.parts[at : at + 3]
        for part in three:
            for sentence in part.sentences:
                story.note("moved", sentence)
        story.parts[at : at + 3] = [three[2], three[0], three[1]]


def move_sentence(story: Story) -> None:
    """Put a sentence into another paragraph."""
    one, other = _any(story, "plain"), _any(story, "plain")
    if one and other and len(wording(one[0].sentences[one[1]])) > 40:
        sentence = one[0].sentences.pop(one[1])
        story.note("moved", sentence)
        other[0].sentences.insert(min(other[1], len(other[0].sentences)), sentence)


def fuse(story: Story) -> None:
    """Make one sentence of two."""
    spot = _any(story, "plain")
    if spot and spot[1] and wording(spot[0].sentences[spot[1] - 1]).endswith("."):
        part, at = spot
        one, other = part.sentences[at - 1 : at + 1]
        story.note("joined", [*one, *other])
        one = strands.cut(one, 0, len(wording(one)) - 1)
        part.sentences[at - 1 : at + 1] = [[*one, *strands.new("; "), *other]]


def fission(story: Story) -> None:
    """Make two sentences of one."""
    spot = _any(story, "plain")
    commas = [one.start() for one in re.finditer(r", (?=\w)", wording(spot[0].sentences[spot[1]]))] if spot else []
    if spot and commas:
        part, at = spot
        sentence, where = part.sentences[at], story.random.choice(commas)
        if any(one.of and not one.kept for one in sentence):
            return
        story.note("joined", sentence)
        rest = strands.cut(sentence, where + 2, len(wording(sentence)))
        first = [*strands.cut(sentence, 0, where), *strands.new(".")]
        part.sentences[at : at + 1] = [first, put_for(rest, 0, 1, wording(rest)[0].upper())]


def pull_quote(story: Story) -> None:
    """Show a sentence large, beside its own paragraph or elsewhere."""
    spot = _any(story, "plain", "tongue")
    if spot and len(spot[0].sentences) > 1:
        part, at = spot
        quote = strands.new(wording(part.sentences[at]))
        story.note("copied", part.sentences[at])
        near = next(number for number, one in enumerate(story.parts) if one is part)
        where = story.random.choice((near, near + 1, story.random.randint(0, len(story.parts))))
        story.parts.insert(where, Part([quote], kind="pulled"))


def set_right(story: Story) -> None:
    """Correct a figure or a word, and quote the old wording in a note."""
    spot = _any(story, "plain", "tongue")
    if not spot or any(not one.kept for one in spot[0].sentences[spot[1]]):
        return
    part, at = spot
    sentence = part.sentences[at]
    places = list((FIGURE if story.random.random() < 0.7 else WORD).finditer(wording(sentence)))
    if places and part.spaced:
        place = story.random.choice(places)
        note = story.random.choice(STOCK["note"]).format(words=wording(sentence), d=story.random.randint(1, 28))
        story.note("edited", sentence)
        story.note("copied", sentence)
        part.sentences[at] = put_for(
            sentence, *place.span(), story.random.choice(("1,204", "eleven", "38", "about 60"))
        )
        where = story.random.choice((0, len(story.parts), len(story.parts)))
        story.parts.insert(where, Part([strands.new(note)], kind="note"))


def capitals(story: Story) -> None:
    """Set a heading in capitals."""
    spot = _any(story, "kicker")
    if spot and all(one.kept for one in spot[0].sentences[spot[1]]):
        sentence = spot[0].sentences[spot[1]]
        story.note("edited", sentence)
        letters = wording(sentence).upper()
        spot[0].sentences[spot[1]] = put_for(sentence, 0, len(wording(sentence)), letters)


def typography(story: Story) -> None:
    """Set a paragraph otherwise: signs, spaces, hyphens; or its letters decomposed."""
    sign = SIGNS[story.random.randrange(len(SIGNS))](story.random)
    for part in story.random.sample(story.parts, min(3, len(story.parts))):
        part.sentences = [strands.typeset(one, sign) for one in part.sentences]
        for sentence in part.sentences:
            story.note("typeset", sentence)


def _decomposed(_: Random) -> Callable[[str], str]:
    return lambda one: normalize("NFD", one)


def _straight(_: Random) -> Callable[[str], str]:
    signs = dict.fromkeys("“”„«»", '"') | {"’": "'", "–": "-", "—": "–"}
    return lambda one: signs.get(one, one)


def _curly(_: Random) -> Callable[[str], str]:
    return lambda one: {"'": "’", '"': "”", "-": "\u2011"}.get(one, one)


def _spaces(random: Random) -> Callable[[str], str]:
    return lambda one: random.choice((" ", " ", "\u00a0", "\n", "  ")) if one == " " else one


def _hyphens(random: Random) -> Callable[[str], str]:
    return lambda one: f"\u00ad{one}" if one in "aeiou" and random.random() < 0.1 else one


def _joiners(random: Random) -> Callable[[str], str]:
    return lambda one: f"{one}\u200b" if one == " " and random.random() < 0.2 else one


SIGNS = (_decomposed, _straight, _curly, _spaces, _hyphens, _joiners)
ACTS: dict[str, tuple[Callable[[Story], None], int]] = {
    "figure": (figure, 10), "name": (name, 2), "reword": (reword, 10), "misspelt": (misspelt, 5),
    "bridge": (bridge, 5), "lead-in": (lead_in, 3), "trail": (trail, 3), "trim": (trim, 5),
    "drop sentence": (drop_sentence, 9), "drop part": (drop_part, 4), "drop double": (drop_double, 5),
    "write sentence": (write_sentence, 8), "write part": (write_part, 4), "write row": (write_row, 3),
    "break part": (break_part, 4), "join parts": (join_parts, 4), "move part": (move_part, 4), "reorder": (reorder, 2),
    "move sentence": (move_sentence, 3), "fuse": (fuse, 3), "fission": (fission, 3), "pull quote": (pull_quote, 3),
    "set right": (set_right, 4), "capitals": (capitals, 1), "typography": (typography, 3),
}  # fmt: skip
