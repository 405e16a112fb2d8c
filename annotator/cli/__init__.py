"""The commands: `python -m annotator …`, and the same under `flask --app wsgi …`.

A command's module is imported when the command is asked for, so that none pays for the others.
"""

from __future__ import annotations

import gc
from importlib import import_module

import click
from flask import Flask
from flask.cli import ScriptInfo

from annotator.cli.speaking import Speaking

COMMANDS = {
    "init": ("annotator.cli.database:init", "Create the database, or bring it up to date."),
    "demo": ("annotator.cli.demo:demo", "Load the example article with its people and marks."),
    "serve": ("annotator.cli.serve:serve", "Serve the desk until Ctrl+C or SIGTERM."),
    "user": ("annotator.cli.users:user", "People: add, list, reset-password, disable, enable."),
    "token": ("annotator.cli.tokens:token", "API tokens: add, list, revoke."),
    "import": ("annotator.cli.importing:importing", "Import articles from .txt, .md, .html and .docx files."),
    "export": ("annotator.cli.export:export", "Write articles with all annotations, notes and evidence."),
}


def load(name: str) -> click.Command:
    """The command of this name, one of `COMMANDS`."""
    module, _, attribute = COMMANDS[name][0].partition(":")
    command: click.Command = getattr(import_module(module), attribute)
    return command


class Desk(Speaking):
    """All commands, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, or None."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each does, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Desk, name="annotator", context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def desk(context: click.Context) -> None:
    """Annotator: check a story line by line."""
    context.obj = context.obj or ScriptInfo(create_app=_make_app, set_debug_flag=False)


def _make_app() -> Flask:
    """The application, by its name: the commands stand below it and import nothing from it."""
    app: Flask = import_module("annotator.app").create_app()
    return app


def main() -> None:
    """Run the command that the process was started with."""
    collect_less_often()
    desk(prog_name="python -m annotator")


def collect_less_often() -> None:
    """Let more objects come together before Python looks for garbage.

    A record is read as thousands of small values that all stay; looking through them again and again took a third of
    the time of an export.
    """
    gc.set_threshold(50_000, 20, 100)


def register(app: Flask) -> None:
    """Give Flask's own command line the same commands."""
    for name in COMMANDS:
        app.cli.add_command(load(name), name)
