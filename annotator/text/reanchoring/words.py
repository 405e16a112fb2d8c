"""A text as words: what is compared, where each word stands, and where sentences and paragraphs begin.

A word is a run of letters, marks and digits, a number with its separators, one character of a script written without
spaces, one sign, or a line drawn with signs of one kind. Two words are the same when their keys are: NFKC, case-folded,
quotation marks and dashes of one kind, soft hyphens and zero-width characters left out. Words keep their offsets in the
text as it came, so white space, composition and invisible characters never move anything.

Each key is written as one code point, so a stretch of words is a `str` that Python and RapidFuzz compare in C.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, pairwise

import regex

from annotator.text.spaceless import SPACELESS

LONGEST_WORD = 32
NARROW = 50
LONG, SAMPLE = 400_000, 50_000
MOST_WORDS, LEARNT_AT_ONCE, SUMS, UNKNOWN = 100_000, 20_000, 50_000, 3
LONGEST_SENTENCE = 80

_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TONES = r"\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_LETTER = rf"\p{{L}}\p{{N}}\p{{M}}{_UNSEEN}"
# The first and the fourth are the fifth and the last for what is most common, in half the time.
_WORD = regex.compile(
    rf"([A-Za-z]{{1,{LONGEST_WORD}}}+(?![{_LETTER}])"
    rf"|[{SPACELESS}][\p{{M}}\ufe00-\ufe0f]*+"
    r"|\p{Nd}+(?:[.,:]\p{Nd}+)++"
    rf"|[!-/:-@\[-`{{-~](?![-.*_~=\#\p{{M}}\u200d{_TONES}])"
    rf"|(?![{_UNSEEN}])[[{_LETTER}]--[{SPACELESS}]]{{1,{LONGEST_WORD}}}+"
    r"|--+|\.\.++|\*{3,}+|_{3,}+|~{3,}+|={3,}+|\#{3,}+"
    rf"|[\p{{Cn}}\p{{Co}}\p{{Cs}}]{{1,{LONGEST_WORD}}}+"
    rf"|\S\p{{M}}*+(?:\u200d\S\p{{M}}*+|[{_TONES}])*+)",
    regex.V1,
)
_CHUNK = regex.compile(rf"(\S{{1,{LONGEST_WORD}}}+)")
_SAME_SIGNS = {
    **dict.fromkeys("‘’‚‛′`´ʼ‹›", "'"),
    **dict.fromkeys("“”„‟″«»「」『』", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(map(chr, [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])),
}
_FOLDED = {ord(sign): same for sign, same in _SAME_SIGNS.items()}

_LINES = {"-": "-", ".": "..."} | {sign: 3 * sign for sign in "*_~=#"}
"""Signs that lines are drawn with, and what stands for a line of any length."""

_DASHES = regex.compile(r"-{2,3}+")
_DOTS = regex.compile(r"…|\.{3}")

PARAGRAPH, SENTENCE, CLAUSE = 3, 2, 1

_PARAGRAPH_GAP = regex.compile(r"\n[^\S\n]*+\n\s*+")
_NUMBERED = r"(?<!(?:^|\n)[^\S\n]*\d{1,3}\.)"
_ABBREVIATED = r"(?<!\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|No|vs|Inc|Co|Ltd|Jr|Sr|\p{L})\.)"
_SENTENCE_GAP = regex.compile(
    rf"[.!?…؟।۔]{_ABBREVIATED}{_NUMBERED}[\"'”’»)\]*_]*+\s++(?=[\"'“‘«(\[*_—–-]*+[^\p{{Ll}}\s])"
    r"|[。！？][」』”’）]*+(?![。！？])"
    r"|\n(?=[^\S\n]*+(?:[-*+•·|>#]|\d{1,3}[.)]\s))",
)
_GOES_ON = regex.compile(r"\s*+\p{Ll}")
_ROW = regex.compile(r"\s*+[^\p{Ll}\p{Lo}\s]")
_CLAUSE_ENDS = frozenset(',;:-()"')


class _Seen(dict[str, str]):
    """Codes by word. Words beyond the most that are kept are summed up each time, and not kept: two of these may count
    as the same word, which shows in no place, because letters are compared again."""

    def __missing__(self, word: str) -> str:
        return chr(MOST_WORDS + LEARNT_AT_ONCE + 1 + (31 * ord(word[0]) + 7 * ord(word[-1]) + len(word)) % SUMS)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The keys of two texts, each with the code point that stands for it and how much it says."""

    codes: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=_Seen)
    sizes: dict[str, int] = field(default_factory=dict)

    def learn(self, words: Sequence[str]) -> None:
        """Give each of these words the code point of its key; none when there is nothing to see of it."""
        for at in range(0, len(words), LEARNT_AT_ONCE):
            if len(self.seen) < MOST_WORDS:
                self._learn(dict.fromkeys(words[at : at + LEARNT_AT_ONCE]))

    def _learn(self, words: Iterable[str]) -> None:
        for word in words:
            if word not in self.seen:
                key = word_key(word)
                self.seen[word] = self._code(key) if key else ""

    def _code(self, key: str) -> str:
        if key not in self.codes:
            code = chr(len(self.codes) + 1)
            self.codes[key] = code
            self.sizes[code] = _size(key)
        return self.codes[key]


def word_key(word: str) -> str:
    """What makes two words the same."""
    if word.isalnum() and word.isascii():
        return word.lower()
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word.translate(_FOLDED)).casefold())
    key = key.translate(_FOLDED)
    if len(key) > 1 and key[0] in _LINES and len(set(key)) == 1:
        return _LINES[key[0]]
    return key


def fold_signs(words: str) -> str:
    """The words with quotation marks, dashes and dots of one kind each, and without what is not seen."""
    folded: str = _DOTS.sub("...", _DASHES.sub("-", words.translate(_FOLDED)))
    return folded


def _size(key: str) -> int:
    """How much a word says before its frequency is known: a sign 1, a short word 2, a long word or a number 4."""
    if not key[0].isalnum():
        return 1
    if key[0].isdigit():
        return 4
    return 2 if len(key) <= 3 else 3 if len(key) <= 5 else 4


@dataclass(slots=True)
class Words:
    """The words of one text. `starts[i]` and `ends[i]` are code points of word i in `text`; `code` has one code point
    for each word. `sentences` are the words with which sentences begin, and at last the number of words;
    `sentence_of[i]` is the sentence of word i.
    """

    text: str
    starts: array[int]
    ends: array[int]
    code: str
    sentences: list[int]
    sentence_of: array[int]
    paragraphs: frozenset[int]

    def __len__(self) -> int:
        return len(self.code)

    def sentence(self, number: int) -> tuple[int, int]:
        """The words `[first, last)` of a sentence."""
        return self.sentences[number], self.sentences[number + 1]

    def border(self, word: int) -> int:
        """What begins with this word: a PARAGRAPH, a SENTENCE, a CLAUSE, or 0."""
        if word in (0, len(self)) or word in self.paragraphs:
            return PARAGRAPH
        if self.sentences[self.sentence_of[word]] == word:
            return SENTENCE
        return CLAUSE if self.text[self.starts[word - 1]] in _CLAUSE_ENDS else 0

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The words `[first, last)` that have code points inside `[start, end)` of the text."""
        first = bisect_left(self.starts, start)
        if first and self.ends[first - 1] > start:
            first -= 1
        return first, max(first, bisect_left(self.starts, end))


def is_language(text: str) -> bool:
    """Whether words recur, as they do in every language. Only asked of texts longer than articles are: looked at where
    they begin and in their middle.
    """
    if len(text) <= LONG:
        return True
    words = _WORD.findall(text[:SAMPLE]) + _WORD.findall(text[len(text) // 2 : len(text) // 2 + SAMPLE])
    return 2 * len(set(words)) <= len(words)


def read_words(text: str, vocabulary: Vocabulary, language: bool = True) -> Words:
    """The words of `text`, which may be any string. What is no language is read in chunks between white space."""
    pieces = (_WORD if language else _CHUNK).split(text)
    words = pieces[1::2]
    vocabulary.learn(words)
    codes = list(map(vocabulary.seen.__getitem__, words))
    code = "".join(codes)
    reached = array("i", accumulate(map(len, pieces)))
    starts, ends = reached[:-1:2], reached[1::2]
    if len(code) < len(words):
        starts, ends = array("i", compress(starts, codes)), array("i", compress(ends, codes))
    return _with_sentences(text, starts, ends, code)


def _with_sentences(text: str, starts: array[int], ends: array[int], code: str) -> Words:
    count = len(starts)
    paragraphs = {bisect_left(starts, gap.end()) for gap in _PARAGRAPH_GAP.finditer(text)}
    breaks = {bisect_left(starts, gap.end()) for gap in _SENTENCE_GAP.finditer(text)}
    breaks |= paragraphs | {bisect_left(starts, at) for at in _hard_line_ends(text)}
    firsts = sorted((breaks | {0}) - {count})
    bounds = [*_cut_long([*firsts, count], code)] if count else [0]
    sentence_of = array("i", bytes(4 * count))
    for number, (first, last) in enumerate(pairwise(bounds)):
        sentence_of[first:last] = array("i", [number]) * (last - first)
    return Words(text, starts, ends, code, bounds, sentence_of, frozenset(paragraphs))


def _hard_line_ends(text: str) -> Iterator[int]:
    """Line ends that nobody needed to keep the lines short: the next word would have had room. Where most are such,
    as in lists, tables and verse, all are; so are those of lines that are shorter than anybody wraps text and each
    begin as a row does. A line that goes on in lower case goes on.
    """
    if "\n" not in text:
        return
    start = 0
    for paragraph in _PARAGRAPH_GAP.splititer(text):
        at = text.find(paragraph, start)
        start = at + len(paragraph)
        if "\n" not in paragraph:
            continue
        lines = paragraph.split("\n")
        widest = max(map(len, lines), default=0)
        had_room = [len(line) + 1 + _first_word(following) <= widest for line, following in pairwise(lines)]
        all_hard = 2 * sum(had_room) >= len(had_room) or (widest <= NARROW and all(map(_ROW.match, lines[1:])))
        for line, following, hard in zip(lines, lines[1:], had_room, strict=False):
            at += len(line) + 1
            if (hard or all_hard) and not _GOES_ON.match(following):
                yield at


def _first_word(line: str) -> int:
    """The length of the first word of a line."""
    return len(line.split(maxsplit=1)[0]) if line and not line.isspace() else 0


def _cut_long(bounds: list[int], code: str) -> Iterator[int]:
    """Cut what is too long for a sentence where its words say so, so that both texts are cut in the same places."""
    yield bounds[0]
    for first, last in pairwise(bounds):
        while last - first > LONGEST_SENTENCE:
            window = code[first + LONGEST_SENTENCE // 2 : first + LONGEST_SENTENCE]
            first += LONGEST_SENTENCE // 2 + window.index(max(window))
            yield first
        yield last


@dataclass(frozen=True, slots=True)
class Scales:
    """How much each word weighs, in whole numbers from 1 to 4. What a text repeats over and over says little; `sizes`
    are the weights without regard to that: 1 for a sign.
    """

    weights: dict[str, int]
    sizes: dict[str, int]
    stretched: dict[int, str]

    def heavy(self, code: str) -> str:
        """The words, each written as often as it weighs: comparing these compares by weight."""
        return code.translate(self.stretched)

    def weigh(self, code: str) -> int:
        """What these words weigh together."""
        weights = self.weights
        return sum([weights[one] for one in code])


def scales(vocabulary: Vocabulary, old: Words, new: Words) -> Scales:
    """The weights of the words of two texts: a word in more than about one of 250 weighs as little as a sign."""
    counts = Counter(old.code)
    counts.update(new.code)
    sizes = {code: vocabulary.sizes.get(code, UNKNOWN) for code in counts}
    most = 8 + (len(old) + len(new)) // 250
    weights = {code: 1 if counts[code] > most else size for code, size in sizes.items()}
    return Scales(weights, sizes, {ord(code): code * weight for code, weight in weights.items()})
