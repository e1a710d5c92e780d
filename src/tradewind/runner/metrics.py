"""`log_metric`: a number worth keeping (a loss, an accuracy), told to the supervisor at once, shown live and kept."""

from __future__ import annotations

import logging
from typing import SupportsFloat

from tradewind.authoring import ports
from tradewind.model.messages import LogMetric

MAX_NAME_CHARACTERS = 250
_log = logging.getLogger("tradewind.task")


class _Current:
    """The try that runs in this process. No context variable: a task's own threads log metrics too."""

    try_id: str | None = None


_current = _Current()


def begin(try_id: str | None) -> None:
    """Metrics logged from now on belong to this try (None: to none)."""
    _current.try_id = try_id


def log_metric(name: str, value: SupportsFloat, step: int | None = None) -> None:
    """Keep `value` (anything that float() takes) of `name`, at a step of its own where one is given.

    Outside of a try it is only logged. Raises TypeError or ValueError for a value that is no number."""
    if not name or len(name) > MAX_NAME_CHARACTERS:
        raise ValueError(f"a metric needs a name of 1 to {MAX_NAME_CHARACTERS} characters, not {name!r:.60}")
    number = float(value)
    if _current.try_id is None:
        _log.info("%s = %g%s", name, number, "" if step is None else f" (step {step})")
        return
    ports.supervisor().tell(LogMetric(_current.try_id, name, number, None if step is None else int(step)))
