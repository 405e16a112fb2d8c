"""A text whose words remember where they come from, so that what became of any span is known by construction."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from benchmarks.carrying.prose import EMOJI, Bank, Writer


@dataclass(slots=True)
class Word:
    """A word and the numbers of the old words it is, or stands for; `same` when it is that word still."""

    text: str
    origins: tuple[int, ...] = ()
    same: bool = True


@dataclass(slots=True)
class Sentence:
    """Words that are edited together, and what was done to them."""

    words: list[Word]
    done: set[str] = field(default_factory=set)
    spaced: bool = True

    @property
    def text(self) -> str:
        """The sentence as it reads."""
        return (" " if self.spaced else "").join(word.text for word in self.words)


@dataclass(slots=True)
class Paragraph:
    """Sentences between blank lines; the lines of a list stand on lines of their own."""

    sentences: list[Sentence]
    joint: str = " "
    plain: bool = True


@dataclass(slots=True)
class Draft:
    """A text in the making."""

    paragraphs: list[Paragraph]
    writer: Writer
    random: Random

    def copy(self) -> Draft:
        """A draft to be edited, with words of its own."""
        return Draft(deepcopy(self.paragraphs), self.writer, self.random)

    def sentences(self) -> Iterator[Sentence]:
        """All sentences in order."""
        return (sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    def render(self) -> tuple[str, list[tuple[Word, int, int]]]:
        """The text, and each word with its code points."""
        out: list[str] = []
        places: list[tuple[Word, int, int]] = []
        at = 0
        for paragraph in self.paragraphs:
            for sentence in paragraph.sentences:
                for word in sentence.words:
                    places.append((word, at, at + len(word.text)))
                    gap = " " if sentence.spaced else ""
                    out.append(word.text + gap)
                    at += len(word.text) + len(gap)
                back = 1 if sentence.spaced and sentence.words else 0
                if back:
                    out[-1] = out[-1][:-1]
                out.append(paragraph.joint)
                at += len(paragraph.joint) - back
            if paragraph.sentences:
                out[-1] = "\n\n"
                at += 2 - len(paragraph.joint)
        return "".join(out), places


def write(bank: Bank, random: Random) -> Draft:
    """An article of six to eighteen paragraphs, its words numbered."""
    writer = Writer(bank, random)
    paragraphs = [_paragraph(writer, random) for _ in range(random.randint(6, 18))]
    draft = Draft(paragraphs, writer, random)
    for number, word in enumerate(word for sentence in draft.sentences() for word in sentence.words):
        word.origins = (number,)
    return draft


def made(text: str, spaced: bool = True) -> Sentence:
    """A sentence of new words."""
    return Sentence([Word(one) for one in (text.split() if spaced else text)], spaced=spaced)


def _paragraph(writer: Writer, random: Random) -> Paragraph:
    kind = random.random()
    if kind < 0.1:
        return Paragraph([made(writer.heading())], plain=False)
    if kind < 0.2:
        return Paragraph([made(line) for line in writer.listing()], "\n", plain=False)
    if kind < 0.25:
        lines, spaced = writer.foreign()
        return Paragraph([made(line, spaced) for line in lines], " " if spaced else "", plain=False)
    sentences = [made(writer.sentence()) for _ in range(random.randint(1, 6))]
    if kind < 0.3:
        sentences[0].words.append(Word(random.choice(EMOJI)))
    return Paragraph(sentences)
