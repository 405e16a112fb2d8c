"""Passwords: which are accepted, and how they are kept and compared.

Length counts, composition does not: 8 to 1,024 code points of any kind, none of the commonest, and not the user name.
A password is brought to Unicode NFKC before hashing, so that it is the same from every keyboard, and is never trimmed
or cut (NIST SP 800-63B). Hashing is slow on purpose (Argon2id, 19 MiB, two passes), so it has no place inside
a unit of work: hash first, then write.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from annotator.errors import Invalid
from annotator.services.common_passwords import COMMON, SEQUENCES

SHORTEST, LONGEST = 8, 1024

Hashed = NewType("Hashed", str)
"""A password as it is stored. Only `hashed` makes one, so that a plain password is never stored by mistake."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str, username: str, field: str = "password") -> Hashed:
    """The stored form of a new password. Raises Invalid on `field` when the password will not do."""
    problem = _problem(password, username)
    if problem:
        raise Invalid({field: problem})
    return Hashed(_hasher.hash(_bytes(password)))


def _problem(password: str, username: str) -> str | None:
    if len(password) < SHORTEST:
        return f"Choose a password of at least {SHORTEST} characters; a few words in a row are easy to remember."
    if len(password) > LONGEST:
        return f"Choose a password of at most {LONGEST:,} characters; this has {len(password):,}."
    if _is_common(password.casefold()):
        return "This is one of the first passwords anybody would try. Choose another, such as a few words in a row."
    if username and username.casefold() in password.casefold() and len(password) < len(username) + SHORTEST:
        return "Choose a password that is not built on the user name."
    return None


def _is_common(folded: str) -> bool:
    return folded in COMMON or len(set(folded)) == 1 or any(folded in sequence for sequence in SEQUENCES)


def matches(stored: str, password: str) -> bool:
    """Whether `password` is the one behind `stored`. An empty `stored` (nobody, no password yet) costs as much."""
    known = stored or _nobodys()
    if len(password) > LONGEST:
        password = ""
    try:
        return _hasher.verify(known, _bytes(password)) and bool(stored)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_bytes(32))


def renewed(stored: str, password: str) -> Hashed | None:
    """The password that has just matched, hashed anew when `stored` was made with other parameters; else None."""
    return Hashed(_hasher.hash(_bytes(password))) if _hasher.check_needs_rehash(stored) else None


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
