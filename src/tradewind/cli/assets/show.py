"""`tradewind assets list`, `show`, `events` and `waiting`."""

from __future__ import annotations

from typing import Any

import click

from tradewind.cli.assets.mentions import Mentions
from tradewind.cli.assets.which import asset_argument, complete_asset, find_asset
from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.engine.asset_conditions import missing
from tradewind.model.ids import path_to_text
from tradewind.model.service import AssetEventRecord
from tradewind.scheduler.asset_runs import update_of


@click.command("list")
@click.option("--all", "also_inactive", is_flag=True, help="Also those that no DAG mentions any more.")
@click.option("--alias", "aliases", is_flag=True, help="Aliases, and the assets that each has stood for.")
@output_option
def list_assets(also_inactive: bool, aliases: bool, output: str) -> None:
    """List assets by name, with their last update."""
    with open_home() as home:
        mentions = Mentions(home.store)
        if aliases:
            rows = [{"alias": alias, **mentions.of_alias(alias)} for alias in mentions.aliases()]
            print_rows(rows, output, empty="no DAG mentions an alias")
            return
        found = [asset for asset in home.store.assets() if also_inactive or mentions.is_known(asset)]
    rows = [
        {
            "name": asset.name,
            "uri": asset.uri,
            "group": asset.group,
            "last_event_at": asset.last_event_at,
            "is_active": asset.is_active,
        }
        for asset in found
    ]
    print_rows(rows, output, empty="no DAG mentions an asset", only_as_data=("is_active",))


@click.command()
@asset_argument
@output_option
def show(asset: str, output: str) -> None:
    """Who makes an asset, who waits for it, and its last update; of an alias, what it has stood for."""
    with open_home() as home:
        mentions = Mentions(home.store)
        if asset in mentions.aliases() and not any(asset in (one.name, one.uri) for one in home.store.assets()):
            print_record({"alias": asset, **mentions.of_alias(asset)}, output)
            return
        found = find_asset(home.store, asset)
        record = {
            "name": found.name,
            "uri": found.uri,
            "group": found.group,
            "extra": found.extra,
            "is_active": found.is_active,
            "last_event_at": found.last_event_at,
            **mentions.of_asset(found),
        }
    print_record(record, output)


@click.command()
@click.argument("asset", metavar="[NAME_OR_URI]", required=False, shell_complete=complete_asset)
@click.option("-n", "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many.")
@output_option
def events(asset: str | None, limit: int, output: str) -> None:
    """List updates of an asset, or of all, the newest first."""
    with open_home() as home:
        found = find_asset(home.store, asset) if asset else None
        rows = [
            _event(one)
            for one in home.store.asset_events(name=found and found.name, uri=found and found.uri, limit=limit)
        ]
    print_rows(rows, output, empty="no asset has been updated yet")


@click.command()
@click.argument("dag_id", required=False, shell_complete=complete_dag_id)
@output_option
def waiting(dag_id: str | None, output: str) -> None:
    """What DAGs that assets start have, and what they still wait for."""
    with open_home() as home:
        specs = [home.store.spec(dag.dag_id) for dag in home.store.dags() if dag_id in (None, dag.dag_id)]
        rows: list[dict[str, Any]] = []
        for spec in specs:
            if spec is not None and spec.schedule.assets is not None:
                events = home.store.waiting_events(spec.dag_id)
                rows.append(
                    {
                        "dag_id": spec.dag_id,
                        "events": len(events),
                        "updated": list(dict.fromkeys(event.name for event in events)),
                        "not_yet": missing(spec.schedule.assets, [update_of(event) for event in events]),
                    }
                )
    print_rows(rows, output, empty="no DAG is started by assets")


def _event(event: AssetEventRecord) -> dict[str, Any]:
    instance = f"[{path_to_text(event.source_map_path)}]" if event.source_map_path else ""
    by_task = f"{event.source_dag_id}.{event.source_task_id}{instance}" if event.source_dag_id else ""
    return {
        "id": event.event_id,
        "at": event.at,
        "name": event.name,
        "by": by_task or event.by,
        "run_id": event.source_run_id or "",
        "alias": event.alias or "",
        "partition": event.partition_key or "",
        "extra": event.extra or "",
    }
