"""`tradewind cheat-sheet`: every command on one page."""

from __future__ import annotations

from collections.abc import Iterator

import click


@click.command("cheat-sheet")
@click.argument("word", required=False)
def cheat_sheet(word: str | None) -> None:
    """List every command with what it does; with WORD only those that have it in their name or text."""
    root = click.get_current_context().find_root()
    for name, text in _leaves(root.command, root, ()):
        if word is None or word.lower() in f"{name} {text}".lower():
            click.echo(f"{name:<36} {text}")


def _leaves(command: click.Command, ctx: click.Context, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not isinstance(command, click.Group):
        yield " ".join(("tradewind", *path)), command.get_short_help_str(limit=200)
        return
    for name in command.list_commands(ctx):
        inner = command.get_command(ctx, name)
        if inner is not None and not inner.hidden:
            yield from _leaves(inner, click.Context(inner, ctx, info_name=name), (*path, name))
