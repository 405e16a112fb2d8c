"""Every setting is described, with its default; nothing is described that is no setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.config import ROOT, SETTINGS, Setting, SettingError, load

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
CHAPTERS = dict(re.findall(r"(?ms)^### (ANNOTATOR_\w+)\n(.*?)(?=^### |\Z)", PAGE))
BAD = {
    "DATABASE_URL": "mysql://desk",
    "SECRET_KEY": "changeme",
    "MAX_UPLOAD_MB": "0",
    "SECURE_COOKIES": "perhaps",
    "THREADS": "many",
    "DEBUG": "2",
}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_is_described_with_its_default(setting: Setting) -> None:
    words = CHAPTERS[f"ANNOTATOR_{setting.name}"]
    assert "Default:" in words
    assert not setting.default or f"Default: `{setting.default}`" in words


def test_nothing_else_is_described() -> None:
    assert set(CHAPTERS) == {f"ANNOTATOR_{setting.name}" for setting in SETTINGS} | {"ANNOTATOR_INSTANCE"}
    assert set(re.findall(r"\(#(annotator_\w+)\)", PAGE)) == {name.lower() for name in CHAPTERS}


@pytest.mark.parametrize(("name", "value"), BAD.items())
def test_a_bad_value_stops_the_start_with_a_sentence(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=rf"ANNOTATOR_{name} .*; write .*\.$"):
        load({"ANNOTATOR_INSTANCE": str(tmp_path), f"ANNOTATOR_{name}": value})


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "annotator.toml").write_text('threads = "3"\nmax_upload_mb = "7"\n')
    settings = load({"ANNOTATOR_INSTANCE": str(tmp_path), "ANNOTATOR_THREADS": "5"})
    assert (settings["THREADS"], settings["MAX_UPLOAD_MB"], settings["SIGN_IN_LIMIT"]) == (5, 7, "10 per minute")


@pytest.mark.parametrize(("words", "reason"), [("thread = 3", "nobody knows: thread"), ("threads = = 3", "as TOML")])
def test_a_file_that_cannot_be_used_stops_the_start(words: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "annotator.toml").write_text(words)
    with pytest.raises(SettingError, match=reason):
        load({"ANNOTATOR_INSTANCE": str(tmp_path)})


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, second = (load({"ANNOTATOR_INSTANCE": str(tmp_path)})["SECRET_KEY"] for _ in range(2))
    assert first == second
    assert len(first) >= 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
