"""Settings: environment variables `ANNOTATOR_*` first, then `instance/annotator.toml`, then the defaults below.

A value that cannot be used stops the start with a sentence that says what to write instead (`SettingError`).
`docs/settings.md` describes every row of `SETTINGS`; a test compares the two.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KNOWN_KEYS = frozenset({"dev", "secret", "changeme", "change-me", "your-secret-key"})


class SettingError(SystemExit):
    """A setting that cannot be used. Printed as one sentence; the process ends with status 1."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name without `ANNOTATOR_`, its default as text, how to read it, and what it must be."""

    name: str
    default: str
    read: Callable[[str], Any]
    wants: str


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return read


def _flag(text: str) -> bool:
    return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.strip().lower()]


def _names(text: str) -> list[str] | None:
    return [name.strip() for name in text.split(",") if name.strip()] or None


def _database(text: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(text) if text else None
    except ArgumentError as error:
        raise ValueError(text) from error
    if url and not (url.drivername in ("sqlite", "postgresql+psycopg") and url.database):
        raise ValueError(text)
    return text


def _rate(text: str) -> str:
    from limits import parse_many

    parse_many(text)
    return text


SETTINGS = (
    Setting("DATABASE_URL", "", _database, "`sqlite:///path` or `postgresql+psycopg://user:password@host/name`"),
    Setting("SECRET_KEY", "", str, "at least 32 random characters, or nothing at all: then one is made and kept"),
    Setting("SECRET_KEY_FALLBACKS", "", _names, "earlier keys, separated by commas"),
    Setting("TRUSTED_HOSTS", "", _names, "host names separated by commas, such as `desk.example.org`"),
    Setting("MAX_UPLOAD_MB", "16", _whole(1, 512), "a whole number from 1 to 512"),
    Setting("SECURE_COOKIES", "no", _flag, "`yes` behind TLS, `no` on a plain local address"),
    Setting("SIGN_IN_LIMIT", "10 per minute", _rate, "a rate such as `10 per minute`"),
    Setting("THREADS", "8", _whole(1, 64), "a whole number from 1 to 64"),
    Setting("DEBUG", "no", _flag, "`yes` or `no`"),
)


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds what belongs to this installation: `ANNOTATOR_INSTANCE` or `instance/`."""
    return Path(environ.get("ANNOTATOR_INSTANCE") or ROOT / "instance").resolve()


def load(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings, read and checked, as Flask configuration. Makes the instance folder when it is missing."""
    folder = instance_folder(environ)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"ANNOTATOR_INSTANCE is {folder}, which cannot be made: {error.strerror}.") from None
    kept = _kept(folder / "annotator.toml")
    values = {setting.name: _value(setting, environ, kept) for setting in SETTINGS}
    return _as_flask(values, folder)


def _kept(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path.name} cannot be read as TOML: {error}.") from None
    unknown = sorted(set(kept) - {setting.name.lower() for setting in SETTINGS})
    if unknown:
        raise SettingError(f"{path.name} has a setting nobody knows: {', '.join(unknown)}. See docs/settings.md.")
    return kept


def _value(setting: Setting, environ: Mapping[str, str], kept: dict[str, Any]) -> Any:
    text = environ.get(f"ANNOTATOR_{setting.name}", _as_text(kept.get(setting.name.lower(), setting.default)))
    try:
        return setting.read(text)
    except (ValueError, KeyError):
        raise SettingError(f"ANNOTATOR_{setting.name} is {text!r}; write {setting.wants}.") from None


def _as_text(value: Any) -> str:
    """A value of the file as it would stand in the environment; a list becomes names separated by commas."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _as_flask(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    url = values["DATABASE_URL"] or f"sqlite:///{folder / 'annotator.sqlite3'}"
    return {
        "INSTANCE": folder,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
        "SECRET_KEY": _secret_key(values["SECRET_KEY"], folder / "secret_key"),
        "SECRET_KEY_FALLBACKS": values["SECRET_KEY_FALLBACKS"],
        "TRUSTED_HOSTS": values["TRUSTED_HOSTS"],
        "MAX_CONTENT_LENGTH": values["MAX_UPLOAD_MB"] * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": values["MAX_UPLOAD_MB"] * 1024 * 1024,
        "MAX_UPLOAD_MB": values["MAX_UPLOAD_MB"],
        "SESSION_COOKIE_SECURE": values["SECURE_COOKIES"],
        "SESSION_COOKIE_NAME": "__Host-session" if values["SECURE_COOKIES"] else "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SIGN_IN_LIMIT": values["SIGN_IN_LIMIT"],
        "THREADS": values["THREADS"],
        "DEBUG": values["DEBUG"],
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "TEMPLATES_AUTO_RELOAD": values["DEBUG"],
        "RATELIMIT_HEADERS_ENABLED": False,
    }


def engine_options(url: str) -> dict[str, Any]:
    """Engine options for a database URL: SQLite by the newest driver at hand, PostgreSQL with a checked pool.

    `pysqlite3` carries an SQLite newer than most Pythons do; versions before 3.51.3 can damage a WAL file when two
    connections write and checkpoint at once (docs/decisions/0003-sqlite.md).
    """
    if not url.startswith("sqlite"):
        return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return {}
    return {"module": dbapi2}


def _secret_key(given: str, path: Path) -> str:
    if given:
        return _checked_key(given)
    if not path.exists():
        _make_key(path)
    key = path.read_bytes().strip()
    if len(key) < 32 or not key.isascii():
        raise SettingError(f"{path} does not hold a key; remove it, then another is made and everybody signs in again.")
    return key.decode("ascii")


def _make_key(path: Path) -> None:
    """Write a new key beside, then give it its name: two processes that start at once agree on one whole key."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    beside.touch(mode=0o600)
    beside.write_text(secrets.token_hex(32), encoding="ascii")
    with suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()


def _checked_key(key: str) -> str:
    if len(key) < 32 or key.lower() in KNOWN_KEYS:
        raise SettingError("ANNOTATOR_SECRET_KEY is too short; write at least 32 random characters, or leave it away.")
    return key
