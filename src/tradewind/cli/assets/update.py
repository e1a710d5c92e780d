"""`tradewind assets emit` and `materialize`."""

from __future__ import annotations

import getpass
from typing import Any

import click

from tradewind.cli.assets.which import asset_argument, find_asset
from tradewind.cli.home import Home, open_home
from tradewind.cli.service import has_scheduler, note_without_scheduler
from tradewind.cli.values import json_object
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.requests import Trigger, kind_and_payload
from tradewind.model.service import NewAssetEvent, Topic
from tradewind.scheduler.clock import utc_now


@click.command()
@asset_argument
@click.option("--extra", callback=json_object, metavar="JSON", help="What to tell of it, as a JSON object, or @FILE.")
@click.option("--partition-key", metavar="KEY", help="Which partition of it.")
def emit(asset: str, extra: dict[str, Any], partition_key: str | None) -> None:
    """Say that something outside has updated an asset: DAGs that wait for it start."""
    with open_home() as home:
        found = find_asset(home.store, asset)
        event = NewAssetEvent(found.name, found.uri, extra=extra, partition_key=partition_key, by=getpass.getuser())
        made = home.store.add_asset_event(event, now=utc_now())
        home.store.ring(Topic.ASSETS)
        waiting = home.store.consumers_of(found.name, found.uri)
        click.echo(
            f"event {made.event_id} of asset {found.name}" + (f"; it is for {', '.join(waiting)}" if waiting else "")
        )
        if waiting:
            note_without_scheduler(home.store)


@click.command()
@asset_argument
@click.option("--dag-id", help="Which DAG, where several make it.")
@click.option("--conf", callback=json_object, metavar="JSON", help="The run's conf.")
def materialize(asset: str, dag_id: str | None, conf: dict[str, Any]) -> None:
    """Start a run of the DAG that makes an asset."""
    with open_home() as home:
        chosen = _producer(home, asset, dag_id)
        if not has_scheduler(home.store):
            raise TradewindError(
                f"DAG {chosen!r} makes it, but no scheduler is running to start it", hint=f"tradewind run {chosen}"
            )
        kind, payload = kind_and_payload(Trigger(chosen, conf=conf, note=f"asset {asset} is to be made"))
        home.store.add_request(kind, None, payload, who=getpass.getuser(), now=utc_now())
        home.store.ring(Topic.REQUESTS)
    click.echo(f"a run of {chosen} is asked for: tradewind runs list {chosen}")


def _producer(home: Home, asset: str, dag_id: str | None) -> str:
    found = find_asset(home.store, asset)
    dags = sorted({one for one, _ in home.store.producers_of(found.name, found.uri)})
    if dag_id is not None and dag_id not in dags:
        raise NotFoundError(f"DAG {dag_id!r} does not make asset {found.name!r}", hint=f"these do: {', '.join(dags)}")
    if not dags:
        raise NotFoundError(f"no task has asset {found.name!r} as an outlet", hint="see `tradewind assets show`")
    if dag_id is None and len(dags) > 1:
        raise TradewindError(f"{len(dags)} DAGs make asset {found.name!r}", hint=f"--dag-id: {', '.join(dags)}")
    return dag_id or dags[0]
