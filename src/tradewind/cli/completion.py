"""Shell completion, by Click's own machinery."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of SHELL, e.g. `eval "$(tradewind completion bash)"`."""
    from tradewind.cli.main import tradewind

    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"no completion for {shell!r}")
    click.echo(kind(tradewind, {}, "tradewind", "_TRADEWIND_COMPLETE").source())
