"""Who works at the desk, and who claims, says and denies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the desk."""

    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who claims, says or denies."""

    name: str
    role: str
    organisation: str
