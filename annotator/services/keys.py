"""Random keys: made here, shown once, kept only as a fingerprint."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """A random key of 256 bits, written in 43 characters that are safe in a URL."""
    return secrets.token_urlsafe(32)


def fingerprint(key: str) -> str:
    """What is stored in place of a key: its SHA-256 in hexadecimal. A random key needs no slower hash."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
