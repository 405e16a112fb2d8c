"""What can be refused, in the words of the domain.

Services and the core raise these; each edge turns them into its own answer once (`web/errors.py`, `api/errors.py`).
Every message is a sentence a person can act on.
"""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A refusal. `message` is for people, `code` for programs, `status` is the HTTP status it becomes."""

    status = 400
    code = "bad_request"

    def __init__(self, message: str, *, fields: dict[str, str] | None = None, current: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields or {}
        self.current = current


class Malformed(DomainError):
    """The request cannot be read at all (broken JSON, wrong types at the top)."""

    status, code = 400, "malformed"


class NotSignedIn(DomainError):
    """Nobody is known to be asking."""

    status, code = 401, "not_signed_in"


class Forbidden(DomainError):
    """The person is known and may not do this."""

    status, code = 403, "forbidden"


class NotFound(DomainError):
    """There is no such thing, or none that this person may see."""

    status, code = 404, "not_found"


class Conflict(DomainError):
    """The act contradicts what is stored."""

    status, code = 409, "conflict"


class WordsDiffer(Conflict):
    """The words sent are not the words at the offsets. `found` is what stands there (at most 200 code points)."""

    code = "words_differ"

    def __init__(self, found: str) -> None:
        self.found = found[:200]
        super().__init__(
            "The text at these offsets is not what was sent. Reload the article and mark the words again.",
            fields={"exact": f"The text there reads: {self.found!r}."},
        )


class Superseded(Conflict):
    """Said of a version that another one has followed, and of words that do not stand in that one any more."""

    code = "superseded"

    def __init__(self, version: int, newest: int) -> None:
        super().__init__(
            f"Version {newest} has come since, and these words do not stand there as they do in version {version}. "
            f"Nothing was saved; open version {newest} and mark them there.",
            fields={"version": f"The newest version is {newest}."},
            current={"version": newest},
        )


class Stale(DomainError):
    """Somebody else changed it first. `current` is what is stored now."""

    status, code = 412, "stale"


class PreconditionRequired(DomainError):
    """A change came without saying which state it was made on."""

    status, code = 428, "precondition_required"


class TooLarge(DomainError):
    """More than the documented limit."""

    status, code = 413, "too_large"


class UnsupportedType(DomainError):
    """A media type that this address does not read."""

    status, code = 415, "unsupported_media_type"


class Invalid(DomainError):
    """Understood, but the values will not do: one sentence a field."""

    status, code = 422, "invalid"

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()), fields=fields)
