"""How lists and records are printed: a table on a terminal, columns in a pipe, or JSON and YAML on request."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

import click
import msgspec

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "json", "yaml", "plain")
STATE_COLOURS = {
    "success": "green",
    "running": "bright_green",
    "failed": "red",
    "upstream_failed": "dark_orange",
    "skipped": "magenta",
    "up_for_retry": "yellow",
    "up_for_reschedule": "cyan",
    "deferred": "medium_purple",
    "queued": "bright_black",
    "scheduled": "bright_black",
}

TERMINAL_COLOURS = {
    "success": "green",
    "running": "bright_green",
    "failed": "red",
    "lost": "red",
    "upstream_failed": "bright_red",
    "skipped": "magenta",
    "up_for_retry": "yellow",
    "up_for_reschedule": "cyan",
    "deferred": "cyan",
    "queued": "bright_black",
    "scheduled": "bright_black",
    "none": "bright_black",
}
"""The same in the sixteen colours that click knows."""


def output_option(function: F) -> F:
    """`-o/--output`: which form a list is printed in."""
    return click.option(
        "-o", "--output", type=click.Choice(FORMATS), default="table", show_default=True, help="Form of the list."
    )(function)


def print_rows(
    rows: Sequence[Mapping[str, Any]],
    output: str,
    *,
    empty: str = "nothing found",
    only_as_data: Collection[str] = (),
) -> None:
    """Rows with the same keys, in one of FORMATS. `empty` is what a table says where there are none; columns named in
    `only_as_data` are left out of tables, which have to fit a terminal."""
    if output == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(list(rows), enc_hook=str), indent=2))
    elif output == "yaml":
        click.echo(_yaml(rows), nl=False)
    elif output == "plain":
        for row in rows:
            click.echo("\t".join(_text(value) for value in row.values()))
    elif not rows:
        click.echo(empty)
    else:
        shown = [{name: value for name, value in row.items() if name not in only_as_data} for row in rows]
        (_print_table if sys.stdout.isatty() else _print_columns)(shown)


def print_record(record: Mapping[str, Any], output: str) -> None:
    """One thing: an object in JSON and YAML, else a line for each of its facts."""
    if output == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(record, enc_hook=str), indent=2))
    elif output == "yaml":
        click.echo(_yaml(record), nl=False)
    else:
        print_rows([{"name": name, "value": value} for name, value in record.items()], output)


def styled_state(state: str) -> str:
    """A state in its colour; without one where the output is no terminal (click strips it)."""
    return click.style(state, fg=TERMINAL_COLOURS.get(state))


def _yaml(data: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> str:
    import yaml  # only where YAML was asked for

    return yaml.safe_dump(msgspec.to_builtins(data, enc_hook=str), sort_keys=False, allow_unicode=True)


def _print_columns(rows: Sequence[Mapping[str, Any]]) -> None:
    """Without Rich: what a pipe or a log file gets. Never folded or cut."""
    lines = [list(rows[0]), *([_text(value).replace("\n", " ") for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _print_table(rows: Sequence[Mapping[str, Any]]) -> None:
    from rich import box  # Rich costs 100 ms: only where a table is printed
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_text(value), style=STATE_COLOURS.get(_text(value), "")) for value in row.values()))
    Console().print(table)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z")
        case float():
            return f"{value:.3f}"
        case list() | tuple():
            return ", ".join(map(_text, value))  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType]
        case dict():
            return msgspec.json.encode(_with_words(cast("dict[Any, Any]", value)), enc_hook=str).decode()
        case _:
            return str(value)


def _with_words(values: dict[Any, Any]) -> dict[Any, Any]:
    """JSON has no NaN and no infinity; a metric that is one has to look otherwise than one that is not there."""
    return {
        name: str(one) if isinstance(one, float) and not math.isfinite(one) else one for name, one in values.items()
    }
