"""What people type into notes and fields: tidied, never interpreted."""

from __future__ import annotations

import unicodedata


def tidy_prose(text: str) -> str:
    """NFC, `\\n` line ends, no trailing space on a line, no blank lines at either end."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n").strip()


def folded(name: str) -> str:
    """The form by which names are compared: NFKC, case-folded."""
    return unicodedata.normalize("NFKC", name).casefold()
