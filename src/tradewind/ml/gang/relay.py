"""What a rank says to the supervisor: by way of the try's own process, which alone has the line."""

from __future__ import annotations

import importlib
import logging
import pickle
from multiprocessing.connection import Connection
from typing import Any, cast

from tradewind.authoring import metrics, ports
from tradewind.authoring.exceptions import AirflowRuntimeError
from tradewind.model.messages import LogMetric, LogMetrics, Notice, Progress, PushXCom, Request

_log = logging.getLogger("tradewind.task")
OF_THE_FIRST_ALONE = (LogMetric, LogMetrics, Progress, PushXCom)
"""What all ranks would say in the same words: those of rank 0 count."""


class Relay:
    """In a rank: asks and tells over its pipe. Takes the place of the supervisor that everything here holds already."""

    def __init__(self, pipe: Connection, rank: int) -> None:
        self._pipe = pipe
        self._rank = rank

    def install(self) -> None:
        """From here on in this process."""
        held: Any = ports.supervisor()
        held.ask, held.tell = self.ask, self.tell

    def ask(self, request: Request) -> Any:
        """As `ports.Supervisor`."""
        self._pipe.send(("ask", request))
        is_answer, found = self._pipe.recv()
        if is_answer:
            return found
        raise AirflowRuntimeError(str(found))

    def tell(self, notice: Notice) -> None:
        """As `ports.Supervisor`."""
        if self._rank == 0 or not isinstance(notice, OF_THE_FIRST_ALONE):
            self._pipe.send(("tell", notice))

    def end(self, result: object, error: BaseException | None, text: str, at: float) -> None:
        """How this rank ended; nothing is said after it."""
        self._pipe.send(("end", _pickled(result), _pickled(error), text, at))


def pass_on(pipe: Connection, message: tuple[Any, ...]) -> None:
    """In the try's process: what a rank has said, to the supervisor."""
    if message[0] == "ask":
        try:
            answer = (True, ports.supervisor().ask(message[1]))
        except AirflowRuntimeError as error:
            answer = (False, error.message)
        pipe.send(answer)
        return
    match message[1]:
        case LogMetric(name=name, value=value, step=step):
            metrics.log_metric(name, value, step)
        case LogMetrics(points=points):
            for name, value, step in points:
                metrics.log_metric(name, value, step)
        case notice:
            ports.supervisor().tell(notice)


def unpickled(data: bytes | None) -> Any:
    """None where it could not be carried."""
    if data is None:
        return None
    try:
        return pickle.loads(data)  # noqa: S301  # from a process that runs the same code as this one
    except Exception as error:  # a class of the author's may refuse to be made again
        _log.warning("what a rank has sent cannot be read: %s", error)
        return None


def _pickled(value: object) -> bytes | None:
    for dumps in (_with_cloudpickle, pickle.dumps):
        try:
            return dumps(value)
        except Exception:  # objects refuse in many ways; None says so
            continue
    return None


def _with_cloudpickle(value: object) -> bytes:
    cloudpickle: Any = importlib.import_module("cloudpickle")  # an extra
    return cast("bytes", cloudpickle.dumps(value))
