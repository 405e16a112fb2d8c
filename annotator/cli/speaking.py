"""Refusals on the command line: one sentence on standard error, status 1 (wrong usage: 2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


class Speaking(click.Group):
    """A group of commands whose domain errors are said as sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with a sentence instead of a traceback."""
        with _sentences():
            return super().invoke(ctx)


class SpeakingCommand(click.Command):
    """A command that does so wherever it is hung in, under `flask` too."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; a refusal ends it with a sentence instead of a traceback."""
        with _sentences():
            return super().invoke(ctx)


@contextmanager
def _sentences() -> Iterator[None]:
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from annotator.errors import DomainError

    try:
        yield
    except DomainError as error:
        raise click.ClickException(error.message) from None
    except (OperationalError, ProgrammingError) as error:
        reason = str(error.orig).strip().splitlines()[0]
        hint = "Has it been made? If not, run this first: python -m annotator init"
        raise click.ClickException(f"The database cannot be used: {reason}. {hint}") from None
