"""What people do to drafts, many things at once. Each act edits a draft in place; words remember their origins."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random

from benchmarks.carrying.drafts import Draft, Paragraph, Sentence, Word, made
from benchmarks.carrying.prose import DAYS, MONTHS, NUMBERS, OTHER_WORDS

SYNONYMS = {
    "said": "told reporters", "approved": "backed", "rejected": "turned down", "published": "released",
    "denied": "disputed", "more": "over", "found": "established", "court": "tribunal", "council": "authority",
    "company": "firm", "and": "as well as", "but": "yet", "after": "following", "people": "residents",
}  # fmt: skip


def revise(draft: Draft, acts: int) -> Draft:
    """A copy to which `acts` random things were done."""
    new = draft.copy()
    names = list(ACTS)
    for name in new.random.choices(names, [ACTS[name][1] for name in names], k=acts):
        ACTS[name][0](new)
        new.paragraphs = [paragraph for paragraph in new.paragraphs if paragraph.sentences]
    return new


def _spot(draft: Draft) -> tuple[Paragraph, int]:
    paragraph = draft.random.choice([one for one in draft.paragraphs if one.sentences])
    return paragraph, draft.random.randrange(len(paragraph.sentences))


def _fresh(draft: Draft, least: int = 5) -> Sentence | None:
    """A sentence that nothing was done to yet."""
    untouched = (one for one in draft.sentences() if not one.done and one.spaced)
    found = [one for one in untouched if len(one.words) >= least and one.words[0].origins]
    return draft.random.choice(found) if found else None


def _in_place_of(gone: list[Word], text: str) -> list[Word]:
    origins = tuple(origin for word in gone for origin in word.origins)
    return [Word(one, origins, same=False) for one in text.split()]


def _replace(draft: Draft, sentence: Sentence, at: int, count: int, text: str) -> None:
    gone = sentence.words[at : at + count]
    tail = gone[-1].text[len(gone[-1].text.rstrip(".,;:!?”’)")) :]
    sentence.words[at : at + count] = _in_place_of(gone, text.rstrip(".,") + tail)


def cut_sentence(draft: Draft) -> None:
    """Delete a sentence."""
    paragraph, at = _spot(draft)
    del paragraph.sentences[at]


def cut_paragraph(draft: Draft) -> None:
    """Delete a paragraph."""
    if len(draft.paragraphs) > 3:
        del draft.paragraphs[draft.random.randrange(len(draft.paragraphs))]


def add_sentence(draft: Draft) -> None:
    """Write a sentence between others."""
    paragraph, at = _spot(draft)
    if paragraph.sentences[at].spaced:
        text = draft.writer.sentence() if paragraph.plain else draft.writer.listing()[0]
        paragraph.sentences.insert(at + draft.random.randint(0, 1), made(text))


def add_paragraph(draft: Draft) -> None:
    """Write a paragraph."""
    sentences = [made(draft.writer.sentence()) for _ in range(draft.random.randint(1, 4))]
    draft.paragraphs.insert(draft.random.randint(0, len(draft.paragraphs)), Paragraph(sentences))


def change_number(draft: Draft) -> None:
    """Correct a number or a day."""
    for sentence in draft.random.sample(list(draft.sentences()), k=len(list(draft.sentences()))):
        for at, word in enumerate(sentence.words):
            bare = word.text.strip(".,;:!?“”’()")
            if not sentence.done and (bare in NUMBERS or bare in DAYS or bare in MONTHS or bare[:1].isdigit()):
                pool = next((one for one in (NUMBERS, DAYS, MONTHS) if bare in one), None)
                new = draft.random.choice(pool) if pool else str(draft.random.randint(10, 9000))
                if new != bare:
                    sentence.words[at] = Word(word.text.replace(bare, new), word.origins, same=False)
                    sentence.done.add("edited")
                    return


def rename(draft: Draft) -> None:
    """Spell a person's last name in another way throughout."""
    old = draft.random.choice(draft.writer.people).split()[-1]
    for sentence in draft.sentences():
        for word in sentence.words:
            if old in word.text:
                word.text, word.same = word.text.replace(old, old[:-1] + "sen"), False
                sentence.done.add("edited")


def swap_words(draft: Draft) -> None:
    """Put one to four words in other words."""
    sentence = _fresh(draft, 7)
    if sentence:
        for _ in range(draft.random.randint(1, 2)):
            at, count = draft.random.randrange(len(sentence.words) - 1), draft.random.randint(1, 2)
            known = SYNONYMS.get(sentence.words[at].text.lower().strip(".,"))
            _replace(draft, sentence, at, 1 if known else count, known or _filler(draft, count))
        sentence.done.add("edited")


def _filler(draft: Draft, count: int) -> str:
    return " ".join(draft.random.sample(OTHER_WORDS, count))


def insert_clause(draft: Draft) -> None:
    """Put a clause into the middle, at the start or at the end of a sentence."""
    sentence = _fresh(draft)
    if not sentence:
        return
    kind = draft.random.random()
    clause = draft.random.choice((f"on {draft.random.choice(DAYS)}", "officials said", "it is understood", "in effect"))
    if kind < 0.25:
        sentence.words[:0] = [Word(one) for one in (clause.capitalize() + ",").split()]
        sentence.done.add("lengthened")
    elif kind < 0.5 and sentence.words[-1].text.endswith("."):
        sentence.words[-1].text = sentence.words[-1].text[:-1] + ","
        sentence.words += [Word(one) for one in (clause + ".").split()]
        sentence.done.add("lengthened")
    else:
        at = draft.random.randrange(1, len(sentence.words))
        sentence.words[at:at] = [Word(one) for one in f"{clause},".split()]
        sentence.done.add("edited")


def cut_clause(draft: Draft) -> None:
    """Delete some words of a sentence."""
    sentence = _fresh(draft, 9)
    if sentence:
        count = draft.random.randint(2, len(sentence.words) // 2)
        at = draft.random.randrange(len(sentence.words) - count)
        del sentence.words[at : at + count]
        sentence.done.add("edited")


def move_clause(draft: Draft) -> None:
    """Put the end of a sentence first."""
    sentence = _fresh(draft, 9)
    if sentence:
        count = draft.random.randint(3, 4)
        first, last = sentence.words[-count:], sentence.words[:-count]
        if last[0].text[:1].isalpha() and first[-1].text.endswith("."):
            first[-1].text = first[-1].text[:-1] + ","
            last[-1].text = last[-1].text.rstrip(",") + "."
            sentence.words = first + last
            sentence.done.add("turned")


def typo(draft: Draft) -> None:
    """Correct a letter."""
    sentence = _fresh(draft)
    if sentence:
        word = draft.random.choice(sentence.words)
        if len(word.text) > 3:
            at = draft.random.randrange(1, len(word.text) - 1)
            word.text, word.same = word.text[:at] + word.text[at + 1 :], False
            sentence.done.add("edited")


def change_case(draft: Draft) -> None:
    """Change capitals only."""
    sentence = _fresh(draft)
    if sentence:
        for word in draft.random.sample(sentence.words, 2):
            if word.text.swapcase() != word.text and word.text[:1].isalpha():
                word.text, word.same = word.text[0].swapcase() + word.text[1:], False
                sentence.done.add("edited")


def rewrite(draft: Draft) -> None:
    """Say something else in a sentence's place, keeping a few of its words."""
    sentence = _fresh(draft, 8)
    if sentence:
        keep = sorted(draft.random.sample(range(len(sentence.words)), 2))
        new = made(draft.writer.sentence()).words
        origins = tuple(origin for word in sentence.words for origin in word.origins)
        for word in new:
            word.origins, word.same = origins, False
        half = len(new) // 2
        kept = [sentence.words[at] for at in keep]
        sentence.words = [*new[:half], kept[0], *new[half:], kept[1]]
        sentence.done.add("rewritten")


def split(draft: Draft) -> None:
    """Make two sentences of one."""
    paragraph, at = _spot(draft)
    sentence = paragraph.sentences[at]
    if not sentence.done and sentence.spaced and len(sentence.words) >= 10:
        middle = draft.random.randint(4, len(sentence.words) - 4)
        sentence.words[middle - 1].text = sentence.words[middle - 1].text.rstrip(",;") + "."
        first = sentence.words[middle].text
        sentence.words[middle].text = first[:1].upper() + first[1:]
        sentence.words[middle].same = sentence.words[middle].text == first
        sentence.done.add("edited")


def merge(draft: Draft) -> None:
    """Make one sentence of two."""
    paragraph, at = _spot(draft)
    if at + 1 < len(paragraph.sentences) and paragraph.plain:
        one, other = paragraph.sentences[at : at + 2]
        if not one.done | other.done and one.words[-1].text.endswith("."):
            one.words[-1].text = one.words[-1].text[:-1] + ","
            other.words.insert(0, Word(draft.random.choice(("and", "while", "but"))))
            one.done.add("joined")
            other.done.add("joined")


def move_paragraph(draft: Draft) -> None:
    """Put a paragraph elsewhere, sometimes touched up."""
    at = draft.random.randrange(len(draft.paragraphs))
    paragraph = draft.paragraphs.pop(at)
    draft.paragraphs.insert(draft.random.randint(0, len(draft.paragraphs)), paragraph)
    for sentence in paragraph.sentences:
        sentence.done.add("moved")
    if draft.random.random() < 0.5 and paragraph.plain:
        sentence = draft.random.choice(paragraph.sentences)
        if sentence.spaced and len(sentence.words) >= 9:
            _replace(draft, sentence, draft.random.randrange(len(sentence.words) - 2), 2, _filler(draft, 2))
            sentence.done.add("edited")


def move_sentence(draft: Draft) -> None:
    """Put a sentence into another paragraph."""
    paragraph, at = _spot(draft)
    if paragraph.plain and len(paragraph.sentences[at].words) >= 6:
        sentence = paragraph.sentences.pop(at)
        other = draft.random.choice([one for one in draft.paragraphs if one.plain])
        other.sentences.insert(draft.random.randint(0, len(other.sentences)), sentence)
        sentence.done.add("moved")


def pull_quote(draft: Draft) -> None:
    """Show a sentence in large letters as well."""
    paragraph, at = _spot(draft)
    copy = made(paragraph.sentences[at].text, paragraph.sentences[at].spaced)
    draft.paragraphs.insert(draft.random.randint(0, len(draft.paragraphs)), Paragraph([copy], plain=False))


def correction(draft: Draft) -> None:
    """Correct a sentence, and quote its old wording in full at the end or at the top."""
    sentence = _fresh(draft, 8)
    if sentence:
        old = sentence.text
        _replace(draft, sentence, draft.random.randrange(len(sentence.words) - 2), 1, _filler(draft, 1))
        sentence.done.add("edited")
        note = made(f"Correction: an earlier version of this article said: “{old}” This has been put right.")
        draft.paragraphs.insert(draft.random.choice((0, len(draft.paragraphs))), Paragraph([note], plain=False))


def glyphs(draft: Draft) -> None:
    """Let a typographer at a paragraph: quotes, dashes, no-break spaces, soft hyphens, decomposed letters."""
    paragraph = draft.random.choice(draft.paragraphs)
    kind = draft.random.randrange(4)
    for sentence in paragraph.sentences:
        for word in sentence.words:
            word.text = _typeset(word.text, kind, draft.random)


def _typeset(text: str, kind: int, random: Random) -> str:
    if kind == 0:
        return text.replace("“", '"').replace("”", '"').replace("’", "'").replace("—", "–")
    if kind == 1 and text.isalpha() and text.isascii() and len(text) > 6 and random.random() < 0.5:
        return text[:4] + "\u00ad" + text[4:]
    if kind == 2:
        return text.replace("...", "…").replace("-", "\u2011")
    return text


ACTS: dict[str, tuple[Callable[[Draft], None], int]] = {
    "cut sentence": (cut_sentence, 8), "cut paragraph": (cut_paragraph, 3), "add sentence": (add_sentence, 8),
    "add paragraph": (add_paragraph, 4), "number": (change_number, 6), "rename": (rename, 1),
    "swap words": (swap_words, 10), "insert clause": (insert_clause, 5), "cut clause": (cut_clause, 4),
    "move clause": (move_clause, 2), "typo": (typo, 5), "case": (change_case, 2), "rewrite": (rewrite, 2),
    "split": (split, 3), "merge": (merge, 3), "move paragraph": (move_paragraph, 4),
    "move sentence": (move_sentence, 3), "pull quote": (pull_quote, 3), "correction": (correction, 3),
    "glyphs": (glyphs, 3),
}  # fmt: skip


def add_twins(draft: Draft) -> None:
    """Give the old text sentences it has twice, and near-twins: repeats that only context tells apart."""
    plain = [one for one in draft.paragraphs if one.plain and one.sentences]
    for _ in range(draft.random.randint(0, 3)):
        if not plain:
            return
        source = draft.random.choice(draft.random.choice(plain).sentences)
        copy = Sentence(deepcopy(source.words), spaced=source.spaced)
        if draft.random.random() < 0.6 and len(copy.words) > 6:
            _replace(draft, copy, draft.random.randrange(len(copy.words) - 1), 1, _filler(draft, 1))
        target = draft.random.choice(plain)
        target.sentences.insert(draft.random.randint(0, len(target.sentences)), copy)
    for number, word in enumerate(word for sentence in draft.sentences() for word in sentence.words):
        word.origins, word.same = (number,), True
