"""Classes of failures: out of memory, a loss that is no number, out of time, lost. From an exception, or from what is
kept of a try that could not say why it ended."""

from __future__ import annotations

import math
from typing import Any, SupportsFloat

from tradewind.authoring.exceptions import AirflowException, AirflowTaskTimeout
from tradewind.model.records import TryRecord
from tradewind.model.states import TryState

OOM, NAN, LOST, TIMEOUT = "oom", "nan", "lost", "timeout"
_TAKEN_OVER = "TakenOver"
_OOM_TYPES = frozenset({"OutOfMemoryError", "ResourceExhaustedError", "MemoryLimitExceeded"})
_OOM_TEXTS = (
    "out of memory",
    "cannot allocate memory",
    "can't allocate memory",
    "std::bad_alloc",
    "cublas_status_alloc_failed",
    "cudaerrormemoryallocation",
    "memory ran out",
)


class NaNLoss(AirflowException):
    """A loss is no number any more: going on would only burn time."""


def check_loss(loss: SupportsFloat, step: int | None = None, *, name: str = "loss") -> float:
    """The loss as a float. Raises NaNLoss where it is NaN or infinite."""
    number = float(loss)
    if not math.isfinite(number):
        raise NaNLoss(
            f"{name} is {number}" + ("" if step is None else f" at step {step}"),
            hint="retry with a smaller step: aids=[ml.retry_on(nan=ml.halve('lr', at_least=0))]",
        )
    return number


def class_of(error: BaseException) -> str:
    """ "" for a failure that is none of these."""
    if isinstance(error, NaNLoss):
        return NAN
    if isinstance(error, AirflowTaskTimeout):
        return TIMEOUT
    if isinstance(error, MemoryError) or any(kind.__name__ in _OOM_TYPES for kind in type(error).__mro__):
        return OOM
    is_of_a_library = not isinstance(error, AirflowException)
    return OOM if is_of_a_library and _speaks_of_memory(str(error)) else ""


def class_of_try(ended: TryRecord) -> str:
    """Of a try whose process could not report: the executor's word for its end. "" for one that reported, and for one
    that ended with its scheduler, which is no fault of its own."""
    if ended.error_type == _TAKEN_OVER:
        return ""
    told = f"{ended.why} {ended.error or ''}"
    if ended.state is TryState.LOST:
        return OOM if ended.error_type in _OOM_TYPES or _speaks_of_memory(told) else LOST
    if ended.state is TryState.FAILED and ended.error_type in _OOM_TYPES:
        return OOM
    if ended.state is TryState.FAILED and ended.error_type == "AirflowTaskTimeout":
        return TIMEOUT
    return ""


def _speaks_of_memory(text: str) -> bool:
    lowered = text.lower()
    return any(one in lowered for one in _OOM_TEXTS)


def describe(failure: str) -> str:
    """In words, for logs."""
    return _WORDS.get(failure, failure)


_WORDS: dict[str, Any] = {
    OOM: "ran out of memory",
    NAN: "had a loss that is no number",
    LOST: "was lost",
    TIMEOUT: "ran out of time",
}
