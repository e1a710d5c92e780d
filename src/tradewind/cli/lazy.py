"""Groups of commands that are a table: each command is imported when it is called, and old words get an answer."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click
from click.shell_completion import CompletionItem

from tradewind.cli.examples import with_examples


class LazyGroup(click.Group):
    """`table`: name → ("module:attribute", one line of help). `aliases`: another word for a command of the table, which
    works and says so. `elsewhere`: word → ("module:attribute", what it is called here), where Airflow has a command in
    this group and we in another. `notes`: words of Airflow's that we do not have, and what to use."""

    def __init__(
        self,
        *args: Any,
        table: Mapping[str, tuple[str, str]],
        aliases: Mapping[str, str] | None = None,
        elsewhere: Mapping[str, tuple[str, str]] | None = None,
        notes: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.aliases = aliases or {}
        self.elsewhere = elsewhere or {}
        self.notes = notes or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = self.table.get(cmd_name) or self.elsewhere.get(cmd_name)
        if found is None:
            return None
        module, _, name = found[0].partition(":")
        path = " ".join((*ctx.command_path.split()[1:], cmd_name))
        return with_examples(getattr(importlib.import_module(module), name), path)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if (new := self.aliases.get(word)) is not None:
            click.echo(f"note: `{ctx.command_path} {word}` is `{ctx.command_path} {new}` here", err=True)
            args = [new, *args[1:]]
        elif word in self.elsewhere:
            click.echo(f"note: `{ctx.command_path} {word}` is `{self.elsewhere[word][1]}` here", err=True)
        elif word not in self.table and not word.startswith("-"):
            ctx.fail(self._unknown(ctx, word))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.table.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """From the table alone: completing a word imports no command."""
        fitting = [(name, text) for name, (_, text) in self.table.items() if name.startswith(incomplete)]
        found = [CompletionItem(name, help=text) for name, text in fitting]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def _unknown(self, ctx: click.Context, word: str) -> str:
        if (note := self.notes.get(word)) is not None:
            return f"`{ctx.command_path} {word}`: {note}"
        import difflib  # only where a command is misspelt

        near = difflib.get_close_matches(word, self.table, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"See `{ctx.command_path} --help`."
        return f"There is no command {word!r}. {hint}"
