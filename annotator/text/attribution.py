"""Who said it: the name that stands beside a quotation. English first: the words of a language are one table.

A reader finds the speaker by the verb: “…,” said Ingrid Solheim. Ingrid Solheim told the paper: “…” What is found is
offered, never stored: a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

REACH = 240
"""So many code points before and after a quotation are looked at, within its block."""

FAR = 20_000
"""So far back somebody may have spoken last."""

QUOTED = regex.compile(
    r"“[^“”]*[”“]|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|\"[^\"]*\"|(?<!\p{L})‘[^‘]*?[,.!?…]’(?!\p{L})", regex.DOTALL
)
MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Language:
    """What a language says it with, each a list of words.

    `not_names` may stand before a name with a capital, `not_between` ends the search for one after a verb.
    """

    verbs: str
    helpers: str
    according: str
    pronouns: str
    titles: str
    particles: str
    articles: str
    not_names: str
    not_between: str


ENGLISH = Language(
    verbs="said says told tells added adds explained explains wrote writes replied replies insisted insists argued"
    " argues claimed claims stated states recalled recalls admitted admits warned warns noted notes asked asks answered"
    " answers testified testifies tweeted posted declared declares stressed stresses conceded concedes announced",
    helpers="has had have also later then repeatedly once",
    according="according to",
    pronouns="he she they",
    titles="Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady Judge Captain Minister President Senator Mayor",
    particles="de da di del der den van von af bin ibn al el la le dos du ter zu of",
    articles="the a an its his her their our one",
    not_names="A An And As At Another But By For From He Her His However I If In It Its Later Many Most No Nobody Now"
    " On One Our She So Some Still That The Their Then There They This Those We What When While Who With Yes Yet You"
    " Yesterday Today Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December According Asked",
    not_between="who whom whose that which what when where while after before because in at from to on about if",
)
LANGUAGES = {"en": ENGLISH}


def speaker(text: str, start: int, end: int, language: str = "en") -> str | None:
    """The name that stands beside the quotation at (start, end) of a canonical text, or None.

    Looked for after the quotation, then before it, in its block; where a pronoun or another quotation stands instead,
    whoever spoke last. A surname alone becomes the full name that stands earlier. Nothing in a language without table.
    """
    known = LANGUAGES.get((language or "en")[:2].lower())
    if known is None:
        return None
    patterns = _patterns(known)
    before, after = _beside(text, start, end)
    found = patterns.following(after) or patterns.preceding(before)
    if not found and patterns.goes_on(before, after):
        found = patterns.last(_narrated(text[max(0, start - FAR) : start]))
    return _in_full(found, text, patterns) if found else None


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """What is narrated before and after the quotation, other quotations masked."""
    first, last = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    first, last = first + 2 if first >= 0 else 0, last if last >= 0 else len(text)
    here = [match.span() for match in QUOTED.finditer(text, first, last) if match.start() < end and match.end() > start]
    start, end = here[0] if here else (start, end)
    return _narrated(text[first:start])[-REACH:], _narrated(text[end:last])[:REACH]


def _narrated(text: str) -> str:
    return str(QUOTED.sub(MASK, text))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The sentences of a language in which somebody is said to have said something."""

    after: regex.Pattern[str]
    before: regex.Pattern[str]
    anywhere: regex.Pattern[str]
    pronoun_after: regex.Pattern[str]
    pronoun_before: regex.Pattern[str]
    full: str

    def following(self, after: str) -> str | None:
        """Who is named right after a quotation."""
        return _name(self.after.match(after))

    def preceding(self, before: str) -> str | None:
        """Who is named by the sentence that leads to a quotation."""
        return _name(self.before.search(before))

    def goes_on(self, before: str, after: str) -> bool:
        """Whether somebody named earlier goes on speaking."""
        said = self.pronoun_after.match(after) or self.pronoun_before.search(before)
        return bool(said) or MASK in before

    def last(self, narrated: str) -> str | None:
        """Who was last said to have said something."""
        return _name(next(iter(reversed(list(self.anywhere.finditer(narrated)))), None))


def _name(found: regex.Match[str] | None) -> str | None:
    return next((name for name in found.groups() if name), None) if found else None


def _in_full(name: str, text: str, patterns: _Patterns) -> str:
    if " " in name:
        return name
    found = regex.search(patterns.full.replace("SURNAME", regex.escape(name)), text)
    return str(found[1]) if found else name


@lru_cache(maxsize=8)
def _patterns(language: Language) -> _Patterns:
    verb, pronoun = rf"(?:{_any(language.helpers)} )?{_any(language.verbs)}\b", rf"(?i:{_any(language.pronouns)})"
    word = r"(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’-]+)"
    plain = rf"(?!{_any(language.not_names)}\b){word}(?: (?:{_any(language.particles)} )*{word}){{0,4}}(?<![’']s)"
    name = rf"(?:{_any(language.titles)}\.? )*({plain})"
    between = rf"{_any(language.articles)} (?:(?!{_any(language.not_between)}\b)\p{{Ll}}[\p{{L}}’'-]*,? ){{0,6}}"
    verb_name, name_verb = rf"{verb} (?:{between})?{name}", rf"{name}(?:, [^,.!?{MASK}]{{1,80}},)? {verb}"
    according = rf"(?i:{language.according}) (?:{between})?{name}"
    to_quote = rf"[^.!?{MASK}]{{0,80}}$"
    gap = r"[\s,;:–—-]*"
    return _Patterns(
        after=regex.compile(rf"{gap}(?:{verb_name}|{name_verb}|{according})"),
        before=regex.compile(rf"(?:{name_verb}|{according}){to_quote}"),
        anywhere=regex.compile(rf"{verb_name}|{name_verb}|{according}"),
        pronoun_after=regex.compile(rf"{gap}(?:{verb} {pronoun}|{pronoun} {verb})\b"),
        pronoun_before=regex.compile(rf"\b{pronoun} {verb}{to_quote}"),
        full=rf"({plain[: -len(_NOT_OWNER)]} SURNAME)\b",
    )


_NOT_OWNER = "(?<![’']s)"


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"
