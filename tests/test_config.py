"""Settings: read from three places, and refused in a sentence when they cannot be used."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from annotator.config import SettingError, engine_options, load


def loaded(folder: Path, **settings: str) -> dict[str, Any]:
    """The configuration of an instance with these settings in the environment."""
    return load({"ANNOTATOR_INSTANCE": str(folder)} | {f"ANNOTATOR_{name}": value for name, value in settings.items()})


BAD = [
    ("DATABASE_URL", "mysql://desk"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "desk.sqlite3"),
    ("DATABASE_URL", "postgresql://desk/name"),
    ("DATABASE_URL", "postgresql+psycopg://desk"),
    ("DATABASE_URL", "postgresql+psycopg://desk:port/name"),
    ("SECRET_KEY", "x" * 31),
    ("SECRET_KEY", "changeme"),
    ("MAX_UPLOAD_MB", "0"),
    ("MAX_UPLOAD_MB", "513"),
    ("MAX_UPLOAD_MB", "16 MB"),
    ("MAX_UPLOAD_MB", ""),
    ("MAX_UPLOAD_MB", "1.5"),
    ("SECURE_COOKIES", "on"),
    ("SIGN_IN_LIMIT", "often"),
    ("SIGN_IN_LIMIT", "10"),
    ("THREADS", "-1"),
    ("THREADS", "65"),
    ("DEBUG", ""),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_cannot_be_used_is_named_with_what_to_write(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError, match=rf"^ANNOTATOR_{name} .*; write .*\.$"):
        loaded(tmp_path, **{name: value})


GOOD = [
    ("DATABASE_URL", "sqlite:////tmp/desk.sqlite3", "SQLALCHEMY_DATABASE_URI", "sqlite:////tmp/desk.sqlite3"),
    ("DATABASE_URL", "postgresql+psycopg://u:p@h/n", "SQLALCHEMY_DATABASE_URI", "postgresql+psycopg://u:p@h/n"),
    ("SECRET_KEY", "k" * 32, "SECRET_KEY", "k" * 32),
    ("SECRET_KEY_FALLBACKS", "a, b,", "SECRET_KEY_FALLBACKS", ["a", "b"]),
    ("TRUSTED_HOSTS", "desk.example.org", "TRUSTED_HOSTS", ["desk.example.org"]),
    ("TRUSTED_HOSTS", " , ", "TRUSTED_HOSTS", None),
    ("MAX_UPLOAD_MB", "2", "MAX_CONTENT_LENGTH", 2 * 1024 * 1024),
    ("SECURE_COOKIES", "Yes", "SESSION_COOKIE_NAME", "__Host-session"),
    ("SECURE_COOKIES", "0", "SESSION_COOKIE_NAME", "session"),
    ("SIGN_IN_LIMIT", "5 per hour", "SIGN_IN_LIMIT", "5 per hour"),
    ("DEBUG", "true", "TEMPLATES_AUTO_RELOAD", True),
]


@pytest.mark.parametrize(("name", "value", "key", "wanted"), GOOD)
def test_what_can_be_used(tmp_path: Path, name: str, value: str, key: str, wanted: Any) -> None:
    assert loaded(tmp_path, **{name: value})[key] == wanted


KEPT = 'trusted_hosts = ["a.example", "b.example"]\ndebug = true\nthreads = 3\nmax_upload_mb = "7"\n'


def test_the_file_speaks_its_own_language(tmp_path: Path) -> None:
    (tmp_path / "annotator.toml").write_text(KEPT)
    found = loaded(tmp_path)
    assert found["TRUSTED_HOSTS"] == ["a.example", "b.example"]
    assert (found["DEBUG"], found["THREADS"], found["MAX_UPLOAD_MB"]) == (True, 3, 7)


def test_the_instance_folder_is_made_and_holds_the_database(tmp_path: Path) -> None:
    found = loaded(tmp_path / "a" / "b")
    assert found["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'a' / 'b' / 'annotator.sqlite3'}"
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["WTF_CSRF_TIME_LIMIT"] is None


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match=r"^ANNOTATOR_INSTANCE is .*, which cannot be made: .*\.$"):
        loaded(tmp_path / "file" / "inside")


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff" * 40])
def test_a_key_file_that_holds_no_key(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(SettingError, match=r"secret_key does not hold a key; remove it"):
        loaded(tmp_path)


def test_many_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(loaded(tmp_path)["SECRET_KEY"])) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 12
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_the_database_decides_how_it_is_opened() -> None:
    assert engine_options("postgresql+psycopg://h/n")["pool_pre_ping"] is True
    assert "pool_size" not in engine_options("sqlite:///x")
