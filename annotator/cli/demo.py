"""`demo`: the example article, with its people and marks."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from annotator.cli.database import check_ready
from annotator.cli.speaking import SpeakingCommand
from annotator.db import unit_of_work
from annotator.services.example import load_example


@click.command("demo", cls=SpeakingCommand)
@with_appcontext
def demo() -> None:
    """Load the example article with its people and marks. Running it again changes nothing."""
    check_ready()
    with unit_of_work():
        article_id, made = load_example()
    verb = "is" if made else "was there already:"
    click.echo(f"The example {verb} article {article_id}.")
