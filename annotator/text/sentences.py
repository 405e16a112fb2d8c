"""Sentences: the units in which an article is read and counted.

The library `sentencex` proposes where a sentence may begin; this module decides. Two things differ on
purpose. A quotation of several sentences is several units, because each of them is read and checked. And a
proposal is joined to its neighbour when it cannot be a sentence: it goes on in lower case (“Really?” she
asked), or it is no more than a number or an initial.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
import sentencex

from annotator.text.blocks import Block, slice_block
from annotator.text.spans import Span

DEFAULT_LANGUAGE = "en"

# Quotation marks hide the sentence ends between them, and unpaired ones cost quadratic time: they are blanked,
# one code point for one.
_QUOTATION_MARKS = "\"'`“”„‟‘‚‛«»‹›「」『』《》〈〉״"
_NEUTRAL = str.maketrans({**dict.fromkeys(_QUOTATION_MARKS, " "), "…": "."})
_CLOSERS = regex.compile(r"[\"'”’“‘«»‹›」』》〉״)\]]++")
_OPENERS = regex.compile(r"(?r)(?:[“„‟‚「『《〈]++|(?<=\s)[\"'`‘’‛«»‹›״(\[]++|(?<=\s)[«‹]\s++)")
_INSIDE_A_CHARACTER = regex.compile(r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]|(?<=\p{GCB=ZWJ}).")
_SAYS_SOMETHING = regex.compile(r"\p{L}\p{M}*+\p{L}|[\p{L}--\p{Lu}]", regex.V1)
_GOES_ON = regex.compile(r"[^\p{L}\p{N}]*+\p{Ll}")


def sentences(document_text: str, blocks: Sequence[Block], language: str | None = DEFAULT_LANGUAGE) -> list[Span]:
    """Return the sentences of a document in order, in code points of `document_text`.

    A sentence never crosses a block and is trimmed of white space; together the sentences hold all of a block
    but white space. A heading is one sentence. `language` is a BCP 47 tag; None and languages without rules
    of their own are read as English.
    """
    code = (language or DEFAULT_LANGUAGE).split("-")[0].lower()
    return [span for block in blocks for span in _in_block(slice_block(document_text, block), block, code)]


def _in_block(words: str, block: Block, language: str) -> Iterator[Span]:
    cuts = [] if block.type == "heading" else _cuts(words, language)
    for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        piece = words[start:end]
        left = start + len(piece) - len(piece.lstrip())
        if piece.strip():
            yield Span(block.start + left, block.start + left + len(piece.strip()))


def _cuts(words: str, language: str) -> list[int]:
    """Return where a sentence ends and the next begins, as offsets inside `words`, without 0 and the end."""
    cuts: list[int] = []
    complete = False
    proposed = _proposed(words, language)
    for before, cut, after in zip([0, *proposed], proposed, [*proposed[1:], len(words)], strict=False):
        complete = complete or _says_something(words, before, cut)
        rest_is_mute = after == len(words) and not _says_something(words, cut, after)
        if complete and not rest_is_mute and not _GOES_ON.match(words, cut, after):
            cuts.append(cut)
            complete = False
    return cuts


def _proposed(words: str, language: str) -> list[int]:
    found = sentencex.get_sentence_boundaries(language, words.translate(_NEUTRAL))
    cuts = {_beside_marks(words, boundary["start_index"]) for boundary in found} - {0, len(words)}
    return sorted(cut for cut in cuts if not _INSIDE_A_CHARACTER.match(words, cut))


def _beside_marks(words: str, cut: int) -> int:
    """Move `cut` so that opening quotation marks and brackets stay with what follows, closing ones with what
    precedes.
    """
    if opening := _OPENERS.match(words, 0, cut):
        return int(opening.start())
    if cut and not words[cut - 1].isspace() and (closing := _CLOSERS.match(words, cut)):
        return int(closing.end())
    return cut


def _says_something(words: str, start: int, end: int) -> bool:
    """Tell a possible sentence from a bare number, an initial or a sign: it has two letters, or one without
    upper case.
    """
    return _SAYS_SOMETHING.search(words, start, end) is not None
