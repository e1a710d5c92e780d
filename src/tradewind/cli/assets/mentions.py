"""Which DAGs mention an asset or an alias: from what all DAGs mention, as a server tells it, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tradewind.model.service import AssetRecord
from tradewind.store.base import Store
from tradewind.store.facets.views import AssetLink


class Mentions:
    def __init__(self, store: Store) -> None:
        self._links: Sequence[AssetLink] = store.asset_links()
        self._stood_for = store.alias_assets()

    def aliases(self) -> list[str]:
        return sorted({link.alias for link in self._links if link.alias} | {alias for alias, _ in self._stood_for})

    def is_known(self, asset: AssetRecord) -> bool:
        """Some DAG that is there mentions it, or an alias that has stood for it."""
        return asset.is_active or any(name == asset.name for _, name in self._stood_for)

    def of_asset(self, asset: AssetRecord) -> dict[str, Any]:
        """Through an alias that has stood for it as well."""
        aliases = {alias for alias, name in self._stood_for if name == asset.name}
        return _said(link for link in self._links if link.alias in aliases or _is_about(link, asset))

    def of_alias(self, alias: str) -> dict[str, Any]:
        stood_for = sorted(name for one, name in self._stood_for if one == alias)
        return {"stood_for": stood_for, **_said(link for link in self._links if link.alias == alias)}


def _is_about(link: AssetLink, asset: AssetRecord) -> bool:
    """A reference has the name or the URI alone."""
    if link.alias or not (link.name or link.uri):
        return False
    return link.name in ("", asset.name) and link.uri in ("", asset.uri)


def _said(links: Iterable[AssetLink]) -> dict[str, Any]:
    found = list(links)
    made_by = [f"{link.dag_id}.{link.task_id}" for link in found if link.kind == "outlet"]
    starts = [link.dag_id for link in found if link.kind == "schedule"]
    return {"made_by": list(dict.fromkeys(made_by)), "starts": sorted(set(starts))}
