"""`tradewind models list` and `show`: from the journal, without MLflow."""

from __future__ import annotations

from typing import Any

import click

from tradewind.cli.home import Home, open_home
from tradewind.cli.models.place import model_argument
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.model.entries import AliasMoved, ModelVersion, read_entry
from tradewind.model.errors import NotFoundError
from tradewind.model.journal import EntryQuery, JournalEntry

MOST_VERSIONS, MOST_MOVES = 10_000, 1000


@click.command("list")
@output_option
def list_models(output: str) -> None:
    """List registered models, with their champions and newest versions."""
    with open_home() as home:
        rows = [_row(home, name) for name in names_of(home)]
    print_rows(rows, output, empty="no models yet: a task registers one with ml.register(model, NAME)")


@click.command()
@model_argument
@output_option
def show(model: str, output: str) -> None:
    """Show the versions of a model, and how its aliases moved."""
    with open_home() as home:
        versions = versions_of(home, model)
        aliases = aliases_of(home, model)
        moves = home.store.entries(EntryQuery("AliasMoved", name=model, limit=MOST_MOVES))
    rows = [_version_row(entry, aliases) for entry in versions]
    if output in ("json", "yaml"):
        print_record({"model": model, "versions": rows, "moves": [_move_row(one) for one in moves]}, output)
        return
    print_rows(rows, output)
    if moves and output == "table":
        click.echo()
        print_rows([_move_row(one) for one in moves], output)


def names_of(home: Home) -> list[str]:
    """Of all models, also of a server's home."""
    return sorted({one.name for one in home.store.entries(EntryQuery("ModelVersion", limit=MOST_VERSIONS))})


def versions_of(home: Home, model: str) -> list[JournalEntry]:
    """Newest first. Raises NotFoundError."""
    found = home.store.entries(EntryQuery("ModelVersion", name=model, limit=MOST_VERSIONS))
    if not found:
        known = ", ".join(names_of(home)) or "none"
        raise NotFoundError(f"there is no registered model {model!r}", hint=f"there are: {known}")
    return found


def aliases_of(home: Home, model: str) -> dict[str, str]:
    """Alias → version, as the moves of all leave it."""
    moves = home.store.entries(EntryQuery("AliasMoved", name=model, limit=MOST_MOVES))
    found: dict[str, str] = {}
    for one in reversed(moves):
        moved = read_entry(one.body, AliasMoved)
        if moved.alias == "champion" and moved.version:
            if found.get("challenger") == moved.version:
                found.pop("challenger")
            if moved.old_version:
                found["archived"] = moved.old_version
        found[moved.alias] = moved.version
    return {alias: version for alias, version in found.items() if version}


def _row(home: Home, name: str) -> dict[str, Any]:
    versions = versions_of(home, name)
    aliases = aliases_of(home, name)
    newest = read_entry(versions[0].body, ModelVersion)
    return {
        "model": name,
        "champion": aliases.get("champion", ""),
        "challenger": aliases.get("challenger", ""),
        "versions": len(versions),
        "newest": newest.version,
        "registered_at": versions[0].at,
        "dag_id": versions[0].dag_id,
    }


def _version_row(entry: JournalEntry, aliases: dict[str, str]) -> dict[str, Any]:
    version = read_entry(entry.body, ModelVersion)
    return {
        "version": version.version,
        "aliases": ", ".join(sorted(alias for alias, of in aliases.items() if of == version.version)),
        "registered_at": entry.at,
        "dag_id": entry.dag_id,
        "run_id": entry.run_id,
        "task_id": entry.task_id,
        "metrics": {name: round(value, 6) for name, value in version.metrics.items()},
    }


def _move_row(entry: JournalEntry) -> dict[str, Any]:
    moved = read_entry(entry.body, AliasMoved)
    return {
        "at": entry.at,
        "alias": moved.alias,
        "from": moved.old_version,
        "to": moved.version,
        "by": entry.who if not entry.dag_id else f"{entry.dag_id}/{entry.run_id}/{entry.task_id}",
        "rollback": moved.is_rollback,
        "reason": moved.reason,
    }
