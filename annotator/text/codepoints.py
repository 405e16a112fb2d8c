"""Which code points may be stored, and the refusal of those that may not.

Two doors lead to the store. An import cleans what it reads (`annotator.text.canonical`). A string that a
program or a form sends is refused when it holds something no keyboard types, because changing it silently
would shift offsets.
"""

from __future__ import annotations

import re

from annotator.errors import Invalid

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def storable(text: str, field: str) -> str:
    """Return `text` unchanged, or refuse it.

    Refused are NUL, the C0 and C1 controls other than tab, line feed and carriage return, and lone
    surrogates: PostgreSQL stores no NUL, UTF-8 no surrogate, and the canonical text none of the rest.

    Raises `Invalid` on `field`, naming the first such character and its offset in code points.
    """
    found = _UNSTORABLE.search(text)
    if found is None:
        return text
    raise Invalid({field: f"Remove the {_name(found.group())} at offset {found.start()}; it cannot be stored."})


def refuse_unstorable(text: str, field: str) -> None:
    """Raise as `storable` does, for a caller that has no use for the text."""
    storable(text, field)


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if character == "\x00":
        return f"NUL character ({code})"
    if "\ud800" <= character <= "\udfff":
        return f"half of a surrogate pair ({code})"
    return f"control character ({code})"
