"""The values a try can read: those that came along with its message, its own pushes, else asked for and remembered.

What is remembered is the description of a value, never the decoded object: a task may change what it pulled, and its
next pull shall give the value that was pushed.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec import structs

from tradewind import artifacts
from tradewind.artifacts import ArtifactStore
from tradewind.authoring.aid import Described
from tradewind.authoring.ports import Supervisor
from tradewind.authoring.reading import MISSING, Lazy
from tradewind.model.ids import MapPath
from tradewind.model.messages import CountXComs, GetXComs, Input, PushXCom, ReadValues, RunTry
from tradewind.model.values import Value, XCom

PAGE_ROWS = 500
MAX_UNTOLD_READS = 1_000


class Inputs:
    """Values of the own run by (task, key, map path), and whatever else the supervisor is asked for."""

    def __init__(self, message: RunTry, supervisor: Supervisor, store: ArtifactStore) -> None:
        self._store = store
        self._message = message
        self._supervisor = supervisor
        self._came_along: dict[tuple[str, str], Input] = {(i.task_id, i.key): i for i in message.inputs}
        self._by_path: dict[tuple[str, str], dict[MapPath, Value]] = {}
        self._pushed: dict[str, Value] = {}
        self._read: set[str] = set()
        self._told: set[str] = set()
        self._describes = False

    # ---- own run

    def at(self, task_id: str, key: str, path: MapPath, *, is_covered: bool) -> Any:
        """What one instance pushed, or MISSING. `is_covered`: the message's inputs speak for this instance (it stands
        in the same instance of every mapped group around both), so that what they don't hold was not pushed."""
        if task_id == self._message.task.task_id and path == self._message.task.map_path and key in self._pushed:
            return self.decode(self._pushed[key])
        known = self._known(task_id, key)
        if path in known:
            return self.decode(known[path])
        if is_covered and self._is_complete(task_id, key):
            return MISSING
        found = self.ask(GetXComs(self._try_id, (task_id,), key, map_paths=(path,)))
        if not found:
            return MISSING
        known[path] = found[-1].value
        return self.decode(found[-1].value)

    def below(
        self, task_id: str, key: str, prefix: MapPath, *, is_covered: bool, is_whole: bool = False
    ) -> Sequence[Any]:
        """What the instances below `prefix` pushed, ordered by map path, decoded when looked at. `is_whole`: these are
        just the instances that the message's input counts."""
        depth = len(prefix)
        if is_covered and self._is_complete(task_id, key):
            rows = [x.value for x in self._came_along[task_id, key].xcoms if x.map_path[:depth] == prefix]
            return Lazy(len(rows), lambda index: self.decode(rows[index]))
        request = GetXComs(self._try_id, (task_id,), key, prefix=prefix)
        came = self._came_along.get((task_id, key))
        if is_whole and came is not None and came.is_dense:
            pages = _Pages(came.total, request, self, is_dense=True)
        else:
            pages = _Pages(self._supervisor.ask(CountXComs(self._try_id, task_id, key, prefix)) or 0, request, self)
        return Lazy(pages.count, lambda index: self.decode(pages.row(index)))

    def push(self, key: str, value: Value) -> None:
        self._pushed[key] = value
        self._supervisor.tell(PushXCom(self._try_id, key, value))

    def pushed(self, key: str | None) -> Value | None:
        """The newest own push under `key` (None: any)."""
        if key is None:
            return next(reversed(self._pushed.values()), None)
        return self._pushed.get(key)

    def all_pushed(self) -> Mapping[str, Value]:
        return dict(self._pushed)

    # ---- anything else

    @contextmanager
    def describing(self) -> Generator[None]:
        """Within it nothing is decoded: `Described` stands for each value."""
        self._describes = True
        try:
            yield
        finally:
            self._describes = False

    def ask(self, request: GetXComs) -> list[XCom]:
        return msgspec.convert(self._supervisor.ask(request) or [], list[XCom])

    def decode_all(self, xcoms: Iterable[XCom]) -> list[Any]:
        return [self.decode(xcom.value) for xcom in xcoms]

    def decode(self, value: Value) -> Any:
        """The object; that it was read is told later, many at once."""
        if self._describes:
            return Described(value)
        self._read.add(value.hash)
        if len(self._read) >= MAX_UNTOLD_READS:
            self.tell_reads()
        return artifacts.decode(value, self._store)

    def tell_reads(self) -> None:
        """Lineage: which values this try has read since the last time."""
        untold = self._read - self._told
        self._read.clear()
        if untold:
            self._told |= untold
            self._supervisor.tell(ReadValues(self._try_id, tuple(sorted(untold))))

    # ---- inside

    @property
    def _try_id(self) -> str:
        return self._message.try_id

    def _known(self, task_id: str, key: str) -> dict[MapPath, Value]:
        known = self._by_path.get((task_id, key))
        if known is None:
            came = self._came_along.get((task_id, key))
            known = {x.map_path: x.value for x in came.xcoms} if came else {}
            self._by_path[task_id, key] = known
        return known

    def _is_complete(self, task_id: str, key: str) -> bool:
        came = self._came_along.get((task_id, key))
        return came is not None and len(came.xcoms) == came.total


class _Pages:
    """Rows of a long request, fetched a page at a time when first needed; a single look costs a single row."""

    def __init__(self, count: int, request: GetXComs, inputs: Inputs, *, is_dense: bool = False) -> None:
        self.count = count
        self._request = request
        self._inputs = inputs
        self._is_dense = is_dense
        self._rows: dict[int, Value] = {}

    def row(self, index: int) -> Value:
        if index not in self._rows:
            for place, xcom in enumerate(self._inputs.ask(self._page(index))):
                self._rows[index + place] = xcom.value
        return self._rows[index]

    def _page(self, index: int) -> GetXComs:
        """The first look may be the only one: an instance of a mapped task wants its own item alone."""
        if not self._rows and self._is_dense:
            return structs.replace(self._request, map_paths=((*self._request.prefix, index),))
        limit = PAGE_ROWS if self._rows or self.count <= PAGE_ROWS else 1
        return structs.replace(self._request, offset=index, limit=limit)
