"""Make any HTML safe to parse in linear time.

The parser builds the tree that the HTML standard asks for, and the standard sets no bound: a hundred thousand
nested `div` (1 MB) take it ten seconds, as do a hundred thousand attributes on one tag, and unclosed
formatting tags multiply. So the source is read once as a stream of tags, in the standard's own terms, and
written again without what is never shown, with formatting tags as `span`, and with tags beyond a depth no
page needs replaced by `wbr`, which is nothing. Since what goes to the parser has no comments and no raw text
left, parser and this module agree on what is a tag.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from annotator.extract.values import names

DEEPEST_BLOCKS, DEEPEST_WORDS = 256, 64
_LONGEST_ATTRIBUTES = 512
_NOTHING_SHOWN = "<wbr>"

_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
_HIDDEN_TEXT = "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript"
_TOKEN = re.compile(
    rf"""
    (?P<comment> <!--(?:-?>|.*?(?:--!?>|\Z)) | <[!?][^>]*+(?:>|\Z) | </[^a-zA-Z>][^>]*+(?:>|\Z) )
    | <(?P<drawing>svg)(?=[\s/>])(?:[\s/]++|{_ATTRIBUTE})*+
      (?:(?<=/)>|(?:>|\Z).*?(?:</svg(?=[\s/>])[^>]*+(?:>|\Z)|\Z))
    | <(?P<raw>{_HIDDEN_TEXT})(?=[\s/>])(?P<given>(?:[\s/]++|{_ATTRIBUTE})*+)(?:>|\Z)
      (?P<inside>.*?)(?:</(?P=raw)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)(?:>|\Z)
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_PAIR = re.compile(
    r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^\s>"'][^\s>]*+))?+)?+"""
)
_KEPT = names("href hidden aria-hidden role itemprop itemtype style datetime content name property rel lang class")
_FORMATTING = names("b big code em font i nobr s small strike strong tt u")
_NOTHING = names("plaintext frameset frame noframes")
_ENDS_ITSELF = names(
    "p li dt dd tr td th thead tbody tfoot caption colgroup option optgroup rt rp rb rtc a "
    "html head body area base br col embed hr img input link meta source track wbr param h1 h2 h3 h4 h5 h6"
)
_WORDS = _FORMATTING | names(
    "span abbr acronym bdi bdo cite data del dfn ins kbd label mark q ruby samp sub sup time var"
)


@dataclass(slots=True)
class Tamed:
    """HTML that is safe to parse, and what stood in its `title` and JSON-LD scripts."""

    html: str = ""
    title: str = ""
    linked_data: list[str] = field(default_factory=list)
    blocks: int = 0
    words: int = 0


def tame(source: str) -> Tamed:
    """Return `source` made safe to parse. Never raises; takes time proportional to its length."""
    tamed = Tamed()
    tamed.html = _TOKEN.sub(lambda match: _rewritten(match, tamed), source)
    return tamed


def _rewritten(match: re.Match[str], tamed: Tamed) -> str:
    if match["comment"] is not None or match["drawing"] is not None:
        return _NOTHING_SHOWN
    if match["raw"] is not None:
        return _set_aside(match, tamed)
    name = match["name"].lower()
    if name in _NOTHING or (name not in _ENDS_ITSELF and _too_deep(name, bool(match["end"]), tamed)):
        return _NOTHING_SHOWN
    attributes = match["attributes"]
    if len(attributes) > _LONGEST_ATTRIBUTES or name in ("html", "body"):
        attributes = _only_known(attributes)
    return f"<{match['end']}{'span' if name in _FORMATTING else name}{attributes}>"


def _set_aside(match: re.Match[str], tamed: Tamed) -> str:
    name, inside = match["raw"].lower(), match["inside"]
    if name == "title" and not tamed.title:
        tamed.title = html.unescape(inside[:2000])
    elif name == "script" and "ld+json" in match["given"].lower():
        tamed.linked_data.append(inside)
    return _NOTHING_SHOWN


def _too_deep(name: str, is_end: bool, tamed: Tamed) -> bool:
    """Keep count of open tags, and say whether this one is beyond the depth at which tags are dropped."""
    step = -1 if is_end else 1
    if name in _WORDS:
        tamed.words = max(0, tamed.words + step)
        return tamed.words + is_end > DEEPEST_WORDS
    tamed.blocks = max(0, tamed.blocks + step)
    return tamed.blocks + is_end > DEEPEST_BLOCKS


def _only_known(attributes: str) -> str:
    kept: dict[str, str] = {}
    for name, *values in _PAIR.findall(attributes):
        if name.lower() in _KEPT:
            kept.setdefault(name.lower(), "".join(values))
    return "".join(f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in kept.items())
