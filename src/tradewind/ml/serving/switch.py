"""Which model answers now. When its alias moves, the new one is loaded beside it and takes its place at once; requests
that have begun keep the one they began with."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from tradewind.ml.serving.sources import Loaded, Source

SECONDS_UNTIL_LOADED_AGAIN = 30.0
"""A version that does not load is tried again after this."""
_log = logging.getLogger("tradewind.serve")


class Switch:
    """`current` is replaced whole: a reader sees the old or the new."""

    def __init__(self, source: Source, check_seconds: float, on_failure: Callable[[], None] = lambda: None) -> None:
        """Loads at once; raises ModelError where there is nothing to begin with."""
        self._source = source
        self._check_seconds = check_seconds
        self._on_failure = on_failure
        self._failed: tuple[str, float] = ("", 0.0)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"watch {source.name}", daemon=True)
        self.problem = ""
        """Why a newer version does not answer; "" where all is well."""
        self.current: Loaded = source.load(source.newest())

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def look(self) -> None:
        """Once. Whatever goes wrong leaves the model that answers."""
        wanted = ""
        try:
            wanted = self._source.newest()
            if wanted == self.current.version:
                self.problem = ""
                return
            version, at = self._failed
            if version == wanted and time.monotonic() - at < SECONDS_UNTIL_LOADED_AGAIN:
                return
            loaded = self._source.load(wanted)
        except Exception as error:  # whatever a library or users' code raises while it is loaded
            self._note(wanted, error)
            return
        old, self.current = self.current, loaded
        self.problem = ""
        _log.info("%s: version %s answers from now on, not %s", self._source.name, loaded.version, old.version)

    def _note(self, wanted: str, error: Exception) -> None:
        self._failed = (wanted, time.monotonic())
        said = f"version {self.current.version} goes on to answer: {getattr(error, 'message', error)}"
        if said != self.problem:
            _log.warning("%s: %s", self._source.name, said)
        self.problem = said
        self._on_failure()

    def _watch(self) -> None:
        while not self._stopping.wait(self._check_seconds):
            self.look()
