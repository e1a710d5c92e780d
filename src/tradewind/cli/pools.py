"""`tradewind pools`: how many tries may run at once, by name."""

from __future__ import annotations

from typing import Any, cast

import click

from tradewind.cli.audited import audited
from tradewind.cli.complete import complete_pool
from tradewind.cli.files import FORMATS, read_file, write_file
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.model.errors import ConfigurationError, NotFoundError
from tradewind.model.records import PoolRecord
from tradewind.model.service import Topic


@click.group()
def pools() -> None:
    """Get, set, list, import and export pools."""


@pools.command("list")
@output_option
def list_pools(output: str) -> None:
    """List pools with their slots and how many are in use."""
    with open_home() as home:
        used = home.store.live_slots_elsewhere("")
        rows = [_row(pool) | {"used_slots": used.get(pool.name, 0)} for pool in home.store.pools()]
    print_rows(rows, output)


@pools.command()
@click.argument("name", shell_complete=complete_pool)
@output_option
def get(name: str, output: str) -> None:
    """Show one pool."""
    with open_home() as home:
        found = home.store.pools()
    pool = next((one for one in found if one.name == name), None)
    if pool is None:
        raise _missing(name, found)
    print_record(_row(pool), output)


@pools.command("set", context_settings={"ignore_unknown_options": True})  # -1 is a number here
@click.argument("name", shell_complete=complete_pool)
@click.argument("slots", type=click.IntRange(min=-1))
@click.argument("description", default="")
@click.option("--include-deferred", is_flag=True, help="Deferred tasks count as running.")
def set_pool(name: str, slots: int, description: str, include_deferred: bool) -> None:
    """Make or change a pool. SLOTS: how many; -1 for no limit."""
    with open_home() as home:
        home.store.set_pool(PoolRecord(name, slots, description, include_deferred))
        audited(home, "pool_set", name=name, slots=slots)
        home.store.ring(Topic.POOLS)
    click.echo(f"pool {name} has {'endless' if slots < 0 else slots} slots")


@pools.command()
@click.argument("name", shell_complete=complete_pool)
def delete(name: str) -> None:
    """Delete a pool."""
    with open_home() as home:
        if not home.store.delete_pool(name):
            raise _missing(name, home.store.pools())
        audited(home, "pool_deleted", name=name)
        home.store.ring(Topic.POOLS)
    click.echo(f"pool {name} is deleted")


@pools.command("import")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--file-format", "form", type=click.Choice(FORMATS[:2]), help="Default: by the file's ending.")
def import_pools(file: str, form: str | None) -> None:
    """Import pools from a JSON or YAML FILE: {"name": {"slots": 4, "description": "…", "include_deferred": false}}."""
    found = [_from_file(file, name, data) for name, data in read_file(file, form).items()]
    with open_home() as home:
        for pool in found:
            home.store.set_pool(pool)
        audited(home, "pools_imported", names=[pool.name for pool in found])
        home.store.ring(Topic.POOLS)
    click.echo(f"{len(found)} pools imported")


@pools.command("export")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--file-format", "form", type=click.Choice(FORMATS[:2]), help="Default: by the file's ending.")
def export_pools(file: str, form: str | None) -> None:
    """Export all pools to FILE (`-`: standard output)."""
    with open_home() as home:
        found = home.store.pools()
    rows = {pool.name: {k: v for k, v in _row(pool).items() if k != "pool"} for pool in found}
    write_file(file, form, rows, is_secret=False)
    if file != "-":
        click.echo(f"{len(found)} pools exported to {file}")


def _row(pool: PoolRecord) -> dict[str, Any]:
    return {
        "pool": pool.name,
        "slots": pool.slots,
        "description": pool.description,
        "include_deferred": pool.include_deferred,
    }


def _from_file(file: str, name: str, data: Any) -> PoolRecord:
    found = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    slots = found.get("slots")
    if not isinstance(slots, int) or isinstance(slots, bool) or slots < -1:
        raise ConfigurationError(
            f"{file}: pool {name!r} has no number of slots", hint='write {"' + name + '": {"slots": 4}}'
        )
    return PoolRecord(name, slots, str(found.get("description") or ""), bool(found.get("include_deferred", False)))


def _missing(name: str, known: list[PoolRecord]) -> NotFoundError:
    names = ", ".join(pool.name for pool in known)
    return NotFoundError(f"there is no pool {name!r}", hint=f"there are {names}; make it: tradewind pools set {name} 4")
