"""Where this home's models are; a server's are not here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tradewind.cli.complete import from_store
from tradewind.cli.home import Home
from tradewind.ml.tracking.place import Place, place_of_process
from tradewind.model.errors import TradewindError
from tradewind.model.journal import EntryQuery

if TYPE_CHECKING:
    from tradewind.store.base import Store

complete_model = from_store(lambda store, _: store.entry_names("ModelVersion"))
complete_version = from_store(lambda store, ctx: _versions(store, ctx.params.get("model") or ""))


def _versions(store: Store, model: str) -> list[str]:
    return [str(one.body["version"]) for one in store.entries(EntryQuery("ModelVersion", name=model))]


def place_of(home: Home) -> Place:
    """The registry that this home's tasks use. Raises TradewindError for a home on a server."""
    if home.remote is not None:
        raise TradewindError(
            "the registry of a server's home cannot be changed from here",
            hint="use the Models page there, or run this command on the server's machine",
        )
    told = {**home.settings.told_to_tasks}
    if uri := os.environ.get("MLFLOW_TRACKING_URI"):
        told["MLFLOW_TRACKING_URI"] = uri
    return place_of_process(told)


model_argument = click.argument("model", shell_complete=complete_model)
