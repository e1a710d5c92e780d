"""Which asset is meant: by its name or its URI."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from tradewind.cli.complete import from_store
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.service import AssetRecord
from tradewind.store.base import Store

complete_asset = from_store(lambda store, _: [asset.name for asset in store.assets()])
NAMED_AT_MOST = 6


def asset_argument(function: Callable[..., None]) -> Callable[..., None]:
    """`NAME_OR_URI` as the parameter `asset`; also `--name` and `--uri`, as Airflow has it."""

    @wraps(function)
    def wrapped(asset: str | None, name: str | None, uri: str | None, **others: Any) -> None:
        chosen = asset or uri or name
        if chosen is None:
            raise click.UsageError("which asset? Give its name or its URI")
        function(asset=chosen, **others)

    wrapped = click.option("--uri", hidden=True)(click.option("--name", hidden=True)(wrapped))
    return click.argument("asset", metavar="NAME_OR_URI", required=False, shell_complete=complete_asset)(wrapped)


def find_asset(store: Store, text: str) -> AssetRecord:
    """Raises NotFoundError with what there is, TradewindError where several have that name."""
    known = store.assets()
    found = [asset for asset in known if asset.uri == text] or [asset for asset in known if asset.name == text]
    if len(found) == 1:
        return found[0]
    if found:
        uris = ", ".join(asset.uri for asset in found)
        raise TradewindError(f"{len(found)} assets have the name {text!r}", hint=f"say which by its URI: {uris}")
    names = ", ".join(asset.name for asset in known[:NAMED_AT_MOST])
    hint = f"there are {names}" if names else "no DAG mentions any: see `tradewind dags list-import-errors`"
    raise NotFoundError(f"there is no asset {text!r}", hint=hint)
