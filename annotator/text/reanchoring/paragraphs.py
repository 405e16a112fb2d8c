"""Whole paragraphs that went elsewhere as they were: headings and tables say too little to be known by sentences."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import pairwise

from annotator.text.reanchoring.pairing import MAIN, Pairing
from annotator.text.reanchoring.words import Words


def move_paragraphs(pairing: Pairing) -> None:
    """Claim every paragraph that stands once in each text, unclaimed in both. What moved together has one number."""
    theirs = _once(pairing, pairing.new, pairing.back)
    chain, before, beside = max(pairing.chain, default=MAIN), -1, -1
    for code, (first, last) in _once(pairing, pairing.old, pairing.to).items():
        onto, end = theirs.get(code, (-1, -1))
        if onto >= 0:
            chain += (first, onto) != (before, beside)
            pairing.claim(first, onto, last - first, chain)
            before, beside = last, end


def _once(pairing: Pairing, words: Words, claims: array[int]) -> dict[str, tuple[int, int]]:
    """The paragraphs that say something, stand once and have no claimed word, in their order."""
    found: dict[str, tuple[int, int]] = {}
    twice: set[str] = set()
    for first, last in _paragraphs(words):
        code = words.code[first:last]
        if code in found:
            twice.add(code)
        found[code] = first, last
    return {
        code: place
        for code, place in found.items()
        if code not in twice and max(claims[slice(*place)]) < 0 and _says_something(pairing, code)
    }


def _says_something(pairing: Pairing, code: str) -> bool:
    return any(pairing.scales.sizes[one] > 1 for one in code)


def _paragraphs(words: Words) -> Iterator[tuple[int, int]]:
    return pairwise(sorted({0, *words.paragraphs, len(words)}))
