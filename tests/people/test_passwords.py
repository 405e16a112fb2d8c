"""Which passwords are accepted, and how they are compared."""

from __future__ import annotations

import argon2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import Invalid
from annotator.services import passwords

ACCEPTED = [
    ("8 letters, nothing else", "tvqzmpel"),
    ("words with spaces", "seven quiet herons wade"),
    ("no Latin letters at all", "семьтихихцапель"),
    ("emoji are code points", "🦀🐙🦑🐡🐠🐟🐬🐳"),
    ("spaces at both ends belong to it", "  tvqzmp  "),
    ("the longest", "xyz" * 341 + "x"),
    ("the user name with a good deal more", "ada and seven quiet herons"),
]

REFUSED = [
    ("empty", "", "at least 8"),
    ("seven", "tvqzmpe", "at least 8"),
    ("seven emoji, however many bytes", "🦀🐙🦑🐡🐠🐟🐬", "at least 8"),
    ("too long", "xyz" * 342, "at most 1,024"),
    ("commonest", "password", "first passwords"),
    ("commonest in other case", "PassW0rd", "first passwords"),
    ("one sign over and over", "zzzzzzzzzz", "first passwords"),
    ("along the keyboard", "asdfghjkl", "first passwords"),
    ("counting", "123456789", "first passwords"),
    ("the user name and a year", "ada-byron-2026", "user name"),
]


@pytest.mark.parametrize(("why", "password"), ACCEPTED, ids=[case[0] for case in ACCEPTED])
def test_accepts(why: str, password: str) -> None:
    stored = passwords.hashed(password, "ada")
    assert passwords.matches(stored, password)
    assert password not in stored


@pytest.mark.parametrize(("why", "password", "sentence"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refuses(why: str, password: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        passwords.hashed(password, "ada-byron", "new")
    assert list(refusal.value.fields) == ["new"]


def test_is_the_same_from_every_keyboard() -> None:
    composed, decomposed = "caf\u00e9 caf\u00e9 caf\u00e9", "cafe\u0301 cafe\u0301 cafe\u0301"
    assert passwords.matches(passwords.hashed(composed, ""), decomposed)


@pytest.mark.parametrize("wrong", ["Tvqzmpel", "tvqzmpel ", "tvqzmpe", ""])
def test_compares_exactly(wrong: str) -> None:
    assert not passwords.matches(passwords.hashed("tvqzmpel", ""), wrong)


def test_the_end_of_a_long_password_counts() -> None:
    long = "herons " * 100
    assert not passwords.matches(passwords.hashed(long + "a", ""), long + "b")


@given(st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_nobody_has_a_password(guess: str) -> None:
    assert not passwords.matches("", guess)


def test_nobody_costs_as_much_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []

    class Counting(argon2.PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            counted.append(str(argon2.extract_parameters(str(hash))))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=2, memory_cost=19_456, parallelism=1))
    passwords.matches(passwords.hashed("tvqzmpel", ""), "wrong one")
    passwords.matches("", "wrong one")
    assert len(counted) == 2
    assert counted[0] == counted[1]


def test_is_hashed_anew_only_when_made_with_other_parameters() -> None:
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("tvqzmpel")
    fresh = passwords.renewed(old, "tvqzmpel")
    assert fresh is not None
    assert passwords.matches(fresh, "tvqzmpel")
    assert passwords.renewed(fresh, "tvqzmpel") is None
