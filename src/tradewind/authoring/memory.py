"""What tasks remember beside their XComs: `task_state_store` (a task instance, from try to try), `asset_state_store`
(an asset, from run to run). Values are variables under reserved names, so each is committed when `set` returns."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tradewind.authoring import ports
from tradewind.authoring.assets import Asset, AssetRef
from tradewind.model.ids import TaskKey, path_to_text
from tradewind.model.messages import GetVariable, ListKeys, SetVariable


class Memory:
    """Values by key, below one prefix: what JSON can say, and not None. `retention` is accepted and has no effect."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def get(self, key: str, default: Any = None) -> Any:
        found = ports.supervisor().ask(GetVariable(self._prefix + key))
        return default if found is None else json.loads(found)

    def set(self, key: str, value: Any, *, retention: timedelta | None = None) -> None:
        """Raises ValueError for None, TypeError for what JSON cannot say."""
        if value is None:
            raise ValueError(f"set({key!r}, None): delete the key instead")
        ports.supervisor().ask(SetVariable(self._prefix + key, json.dumps(value)))

    def delete(self, key: str) -> None:
        ports.supervisor().ask(SetVariable(self._prefix + key, None))

    def keys(self) -> list[str]:
        """What is remembered."""
        names = ports.supervisor().ask(ListKeys("variable", self._prefix)) or ()
        return sorted(name.removeprefix(self._prefix) for name in names)

    def clear(self, *, all_map_indices: bool = False) -> None:
        for key in self.keys():
            self.delete(key)

    async def aget(self, key: str, default: Any = None) -> Any:
        return await _in_thread(self.get, key, default)

    async def aset(self, key: str, value: Any, *, retention: timedelta | None = None) -> None:
        await _in_thread(self.set, key, value)

    async def adelete(self, key: str) -> None:
        await _in_thread(self.delete, key)

    async def aclear(self, *, all_map_indices: bool = False) -> None:
        await _in_thread(self.clear)


async def _in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    import asyncio  # 30 ms of every process that loads a DAG file; whoever awaits us has it already

    return await asyncio.to_thread(function, *arguments)


def task_memory(key: TaskKey) -> Memory:
    """`context["task_state_store"]`: each instance of a mapped task has its own."""
    return Memory(f"__task_state__/{key.dag_id}/{key.run_id}/{key.task_id}/{path_to_text(key.map_path)}/")


class AssetMemories:
    """`context["asset_state_store"]`, by asset. A task with one asset among its inlets and outlets need not name it."""

    def __init__(self, inlets: list[Any], outlets: list[Any]) -> None:
        self._known = {_name(asset) for asset in (*inlets, *outlets) if isinstance(asset, (Asset, AssetRef))}

    def __getitem__(self, asset: Asset | AssetRef) -> Memory:
        """Raises KeyError for an asset that is no inlet or outlet of the task."""
        if _name(asset) not in self._known:
            raise KeyError(f"{asset!r} is no inlet or outlet of this task: name it in inlets=[…] or outlets=[…]")
        return _of_asset(_name(asset))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if len(self._known) != 1:
            raise AttributeError(
                f"asset_state_store.{name}: this task has {len(self._known)} assets; name one: [asset]"
            )
        return getattr(_of_asset(next(iter(self._known))), name)


def _of_asset(name: str) -> Memory:
    return Memory(f"__asset_state__/{name}/")


def _name(asset: Any) -> str:
    return asset.name or asset.uri
