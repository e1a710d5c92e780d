"""A shadow: another version that predicts the same rows behind the answers, in a thread of its own, for the log."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.ml.serving.numbers import Numbers
from tradewind.ml.serving.predicting import predict
from tradewind.ml.serving.request_log import LoggedRequest
from tradewind.ml.serving.switch import Switch

QUEUED_REQUESTS = 200
_log = logging.getLogger("tradewind.serve")


class _Asked(Struct, frozen=True):
    frame: Any
    request: LoggedRequest


class Shadow:
    """`hand_on` gets every request, with what the shadow said of it, or without where it could not keep up."""

    def __init__(self, switch: Switch, numbers: Numbers, hand_on: Callable[[LoggedRequest], Any]) -> None:
        self.switch = switch
        self._numbers = numbers
        self._hand_on = hand_on
        self._queue: queue.Queue[_Asked | None] = queue.Queue(QUEUED_REQUESTS)
        self._thread = threading.Thread(target=self._predict_all, name="shadow", daemon=True)
        self._thread.start()

    def offer(self, frame: Any, request: LoggedRequest) -> None:
        """Never waits."""
        try:
            self._queue.put_nowait(_Asked(frame, request))
        except queue.Full:
            self._numbers.dropped("shadow")
            self._hand_on(request)

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _predict_all(self) -> None:
        while (asked := self._queue.get()) is not None:
            self._hand_on(self._predicted(asked))

    def _predicted(self, asked: _Asked) -> LoggedRequest:
        loaded = self.switch.current
        try:
            found = predict(loaded, asked.frame)
        except Exception as error:  # a challenger may fail at whatever it likes: nobody waits for it
            self._numbers.failed("shadow")
            said = f"{type(error).__name__}: {error}"
            _log.warning("the shadow, version %s, failed: %s", loaded.version, said)
            return msgspec.structs.replace(asked.request, shadow_version=loaded.version, shadow_error=said[:500])
        agreed = sum(mine == theirs for mine, theirs in zip(found, asked.request.predictions, strict=True))
        self._numbers.shadowed(loaded.version, agreed, len(found))
        return msgspec.structs.replace(asked.request, shadow_version=loaded.version, shadow_predictions=found)
