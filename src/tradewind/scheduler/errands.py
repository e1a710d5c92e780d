"""Questions to other systems, asked by a few threads beside the scheduler's loop, which goes on meanwhile. They have
nothing to do with the store: that belongs to the loop's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from queue import SimpleQueue

MOST_THREADS = 4


class Errands:
    """Used by one thread. Its own threads end with the process, whatever they are waiting for."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[Future[str | None], Callable[[], str | None]]] = SimpleQueue()
        self._going: dict[Hashable, Future[str | None]] = {}
        self._threads = 0

    def run(self, name: Hashable, do: Callable[[], str | None]) -> Future[str | None]:
        """Two of the same `name` at the same time are one."""
        self._going = {name: future for name, future in self._going.items() if not future.done()}
        if (going := self._going.get(name)) is not None:
            return going
        future: Future[str | None] = Future()
        self._going[name] = future
        if self._threads < min(MOST_THREADS, len(self._going)):
            self._threads += 1
            threading.Thread(target=self._work, name=f"errand {self._threads}", daemon=True).start()
        self._waiting.put((future, do))
        return future

    def _work(self) -> None:
        while True:
            future, do = self._waiting.get()
            try:
                found = do()
            except Exception as error:
                future.set_exception(error)
            else:
                future.set_result(found)
