"""`tradewind serve`: a registered model over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tradewind.cli.home import open_home
from tradewind.cli.models.place import complete_model, place_of

if TYPE_CHECKING:
    from tradewind.settings import Settings

MIB = 1024**2
LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.argument("model", shell_complete=complete_model)
@click.option("--shadow", metavar="ALIAS", help="Alias or version that predicts too, into the request log only.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--token", envvar="TRADEWIND_SERVE_TOKEN", help="Who asks has to give it (or TRADEWIND_SERVE_TOKEN).")
@click.option("--check-seconds", type=click.FloatRange(0.1), default=5.0, help="How often aliases are looked at (5).")
@click.option("--max-rows", type=click.IntRange(1), default=10_000, show_default=True, help="Of one request.")
@click.option("--log/--no-log", "has_log", default=True, help="Keep requests and answers in the home.")
@click.option("--log-part-mib", type=click.FloatRange(0.001), default=64.0, help="A part of the log ends here (64) …")
@click.option("--log-part-seconds", type=click.FloatRange(0.1), default=300.0, help="… or at this age (300).")
@click.option("--log-keep-mib", type=click.FloatRange(0.001), default=1024.0, help="Older parts go beyond this (1024).")
def serve(
    model: str,
    shadow: str | None,
    host: str,
    port: int,
    token: str | None,
    check_seconds: float,
    max_rows: int,
    has_log: bool,
    log_part_mib: float,
    log_part_seconds: float,
    log_keep_mib: float,
) -> None:
    """Serve MODEL (NAME, NAME@ALIAS, NAME:VERSION or a folder of ml.deploy; default: its champion) until SIGTERM.

    POST /predict, GET /health, /ready, /metrics, /model, /docs. When the alias moves, the new version takes over.
    """
    # FastAPI, MLflow and pandas: not for --help.
    from tradewind.cli.service_logs import log_to_terminal
    from tradewind.ml.serving.process import Wishes
    from tradewind.ml.serving.process import serve as answer
    from tradewind.ml.serving.request_log import Rotation

    with open_home() as home:
        place, settings = place_of(home), home.settings
    log_to_terminal("serve", settings)
    if host not in LOCAL_HOSTS and not token:
        click.secho(f"note: everybody who reaches {host} can ask, and read /model: --token", fg="yellow", err=True)
    wishes = Wishes(
        model=model,
        shadow=shadow or "",
        host=host,
        port=port,
        token=token or "",
        check_seconds=check_seconds,
        most_rows=max_rows,
        has_log=has_log,
        rotation=Rotation(int(log_part_mib * MIB), log_part_seconds, int(log_keep_mib * MIB)),
    )
    answer(
        wishes,
        place,
        told=lambda address: click.echo(f"{model} is served at {address}"),
        on_part=lambda name, part, rows: tell_of_part(settings, name, part, rows),
    )


def tell_of_part(settings: Settings, model: str, part: Path, rows: int) -> bool:
    """An event of the log's asset, where a DAG waits for it; whether one does."""
    from tradewind.cli.home import opened_store  # in the log's thread: a store of its own
    from tradewind.ml.serving.log_folder import log_name, log_uri
    from tradewind.model.service import NewAssetEvent, Topic
    from tradewind.scheduler.clock import utc_now

    with opened_store(settings) as store:
        if not store.consumers_of(log_name(model), log_uri(model)):
            return False
        extra = {"model": model, "part": part.name, "rows": rows}
        store.add_asset_event(NewAssetEvent(log_name(model), log_uri(model), extra=extra, by="serve"), now=utc_now())
        store.ring(Topic.ASSETS)
    return True
