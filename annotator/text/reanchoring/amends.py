"""Notes that say what an earlier version said: “Correction: an earlier version of this article said that …”.

The words of such a note are not the article's, though they may be its old words to the letter. The forms are those with
which newsrooms open their corrections, in the languages they most often write.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from annotator.text.reanchoring.pairing import MAIN, Pairing
from annotator.text.reanchoring.words import PARAGRAPH, Words

_OPENS = regex.compile(
    r"\W*+(?:corrections?|clarifications?|editor['’]s note|errat(?:um|a)|corrigend(?:um|a)|amended|retraction"
    r"|previously:|what we got wrong|setting the record straight|removed:|old:|myth:|true or false"
    r"|korrektur|berichtigung|richtigstellung|rectificatif|correctif|errata corrige|correcci[óo]n"
    r"|fe de errores|corre[çc][ãa]o|correctie"
    r"|rectificatie|r[äa]ttelse|rettelse|oikaisu|sprostowanie|oprava|поправка|исправление|更正|訂正|勘误|勘誤|编者按|編者按|原文|تصحيح)(?:\b|(?<=:))",
    regex.IGNORECASE | regex.V1,
)
_SAYS = regex.compile(
    r"(?:earlier|previous|prior|original|first) (?:version of (?:this|the|our) \w+|edition)"
    r"|\bthis (?:article|story|report|text|piece) (?:was|has been|originally|previously|initially|earlier|wrongly)\b"
    r"|\bwe (?:originally|previously|initially|earlier|wrongly|mistakenly) (?:said|wrote|reported|stated|gave)\b"
    r"|\bin einer (?:früheren|vorherigen|ersten|älteren) (?:version|fassung)"
    r"|\b(?:dans )?une (?:version|édition) (?:précédente|antérieure)"
    r"|\b(?:en )?una versión anterior|\buma versão anterior|\bin una versione precedente"
    r"|\bin een eerdere versie|\bi en (?:tidigare|tidligere) (?:version|versjon|utgåva|utgave)",
    regex.IGNORECASE | regex.V1,
)
LONGEST, HEADING = 400, 6


def release_amends(pairing: Pairing) -> None:
    """Release what was paired with the words of notes that came with the new text, so that what the words became in
    their place, or elsewhere, may be found."""
    for first, last in _new_notes(pairing):
        pairing.release_new(first, last)


def doubt_amends(pairing: Pairing) -> None:
    """Doubt every move onto the words of such notes: a person looks."""
    for first, last in _new_notes(pairing):
        pairing.doubted |= {pairing.chain[at] for at in pairing.back[first:last] if at >= 0}
    pairing.doubted.discard(MAIN)


def _new_notes(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """The new words from the sentence that says so to the end of its paragraph, of notes that the old text had not;
    when it is a heading, to the end of the next paragraph."""
    new, back = pairing.new, pairing.back
    until = 0
    for number in range(len(new.sentences) - 1):
        first, last = new.sentence(number)
        if first < until or back[first] >= 0:
            continue
        heads = last - first <= HEADING and new.border(first) == PARAGRAPH and last < len(new)
        shared = max(back[first:last]) >= 0
        if (heads or shared) and _says_so(new, first, last, opens=not shared):
            until = _end_of_paragraph(pairing, number + (heads and new.border(last) == PARAGRAPH))
            yield first, until


def _says_so(words: Words, first: int, last: int, opens: bool) -> bool:
    """Whether a sentence, or, when `opens`, its beginning alone, is that of such a note."""
    start = words.starts[first]
    end = min(words.ends[last - 1], start + LONGEST)
    if _OPENS.match(words.text, start, end):
        return True
    return not opens and _SAYS.search(words.text, start, end) is not None


def _end_of_paragraph(pairing: Pairing, number: int) -> int:
    new = pairing.new
    while number + 1 < len(new.sentences) - 1 and new.border(new.sentences[number + 1]) < PARAGRAPH:
        number += 1
    return new.sentences[number + 1]
