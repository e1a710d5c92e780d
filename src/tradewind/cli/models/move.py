"""`tradewind models promote` and `rollback`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click
import msgspec

from tradewind.cli.audited import audited, user_here
from tradewind.cli.home import Home, open_home
from tradewind.cli.models.place import complete_version, model_argument, place_of
from tradewind.cli.output import output_option, print_record
from tradewind.model.entries import AliasMoved
from tradewind.model.journal import EntryQuery, JournalEntry

if TYPE_CHECKING:
    from tradewind.cli.remote.store import RemoteStore

MOST_MOVES = 1000
reason_option = click.option("--reason", default="", help="Why; kept with the record.")


@click.command()
@model_argument
@click.argument("version", shell_complete=complete_version)
@click.option("--alias", default="champion", show_default=True, help="Which alias.")
@click.option("--expected", metavar="VERSION", help='Only if the alias means this version now; "" for none.')
@reason_option
@output_option
def promote(model: str, version: str, alias: str, expected: str | None, reason: str, output: str) -> None:
    """Make VERSION (a number or an alias) of MODEL the champion, or give it another alias."""
    with open_home() as home:
        if home.remote is not None:
            wish = {"alias": alias, "version": version, "expected": expected, "reason": reason}
            moved = _done_there(home.remote, model, "alias", wish)
        else:
            moved = _promote(home, model, version, alias, expected, reason)
    _print(model, moved, output)


@click.command()
@model_argument
@reason_option
@output_option
def rollback(model: str, reason: str, output: str) -> None:
    """Make the champion before this one the champion again; once more goes one further back."""
    with open_home() as home:
        if home.remote is not None:
            moved = _done_there(home.remote, model, "rollback", {"reason": reason})
        else:
            moved = _roll_back(home, model, reason)
    _print(model, moved, output)


def _promote(home: Home, model: str, version: str, alias: str, expected: str | None, reason: str) -> AliasMoved:
    from tradewind.ml.registry.moving import move_alias  # MLflow: seconds
    from tradewind.ml.registry.reading import Registry

    place = place_of(home)
    believed = Registry(place).aliases(model).get(alias, "") if expected is None else expected
    return move_alias(
        model,
        version,
        alias,
        reason=reason,
        expected=believed,
        place=place,
        write=lambda moved, name: _write(home, moved, name),
    )


def _roll_back(home: Home, model: str, reason: str) -> AliasMoved:
    from tradewind.ml.registry.moving import roll_back  # MLflow: seconds

    history = home.store.entries(EntryQuery("AliasMoved", name=model, limit=MOST_MOVES))
    place = place_of(home)
    return roll_back(model, history, reason=reason, place=place, write=lambda moved, name: _write(home, moved, name))


def _done_there(server: RemoteStore, model: str, deed: str, wish: dict[str, Any]) -> AliasMoved:
    """By the server, as its Models page has it done; it writes down who asked."""
    found = server.client.request("POST", f"/api/tradewind/v1/models/{quote(model, safe='')}/{deed}", wish)
    return msgspec.json.decode(found.data, type=AliasMoved)


def _write(home: Home, moved: AliasMoved, name: str) -> None:
    who = f"cli:{user_here()}"
    body: dict[str, Any] = msgspec.to_builtins(moved)
    home.store.write_entries([JournalEntry("AliasMoved", name, body, datetime.now(UTC), who=who)])
    audited(home, "move_model_alias", model=name, **body)


def _print(model: str, moved: AliasMoved, output: str) -> None:
    if output != "table":
        print_record({"model": model, **msgspec.to_builtins(moved)}, output)
    elif moved.version == moved.old_version:
        click.echo(f"version {moved.version} is the {moved.alias} of {model} already")
    else:
        click.echo(f"{moved.alias} of {model}: {moved.old_version or 'none'} → {moved.version or 'none'}")
