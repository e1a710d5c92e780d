"""Around a trial's task: what it reports, what it returns, how it fails, told to the sweep."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, cast

from tradewind.artifacts import ArtifactStore, decode
from tradewind.authoring.aid import Aid, AidedTry, Reused
from tradewind.authoring.exceptions import (
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSkipException,
    TaskDeferred,
)
from tradewind.authoring.metrics import log_metric
from tradewind.ml.sweeping.config import SweepConfig
from tradewind.ml.sweeping.threads import share_cpus
from tradewind.ml.sweeping.trials import LIVE, LiveTrial
from tradewind.model.errors import TradewindError
from tradewind.model.outcomes import Succeeded

MAX_REASON_CHARACTERS = 300


class _Current:
    """The trial that runs in this process. No context variable: a task's own threads report, too."""

    live: LiveTrial | None = None


_current = _Current()


class NoObjective(AirflowFailException):
    """What a trial returned has no objective: no retry mends that."""


class TrialAid(Aid):
    """Joins a task to its sweep. The task's own aids, the cache among them, are inside of it."""

    modules = (
        "optuna",
        "numpy.random",
        "numpy.ma",
        "tradewind.ml.sweeping.study",
        "tradewind.authoring.jinja_environments",
    )

    def __init__(self, config: SweepConfig, inner: tuple[Aid, ...]) -> None:
        self.config = config
        self.inner = inner

    def reuse(self, attempt: AidedTry) -> Reused | None:
        for aid in self.inner:
            if (found := aid.reuse(attempt)) is not None:
                self._ended_before(attempt, found)
                return found
        return None

    def _ended_before(self, attempt: AidedTry, found: Reused) -> None:
        value, live = found.outcome.result, _live(attempt)
        result = None if value is None else decode(value, ArtifactStore(attempt.message.artifact_url))
        live.end("complete", objective_of(self.config, result), found.why)

    @contextmanager
    def around(self, attempt: AidedTry) -> Generator[None]:
        live = _live(attempt)
        _current.live = live
        share_cpus(attempt, self.config.parallel)
        try:
            with ExitStack() as inside:
                for aid in self.inner:
                    inside.enter_context(aid.around(attempt))
                yield
        except (TaskDeferred, AirflowRescheduleException):
            raise
        except BaseException as error:
            if _is_pruned(error):
                why = f"pruned{_at_step(live)}"
                live.end("pruned", _last_number(live), why)
                raise AirflowSkipException(why) from None
            if isinstance(error, AirflowSkipException):
                live.end("skipped", reason=_text(error))
            elif isinstance(error, AirflowFailException) or attempt.message.try_number >= attempt.message.max_tries:
                live.end("failed", reason=_text(error))
            raise
        finally:
            _current.live = None

    def made(self, attempt: AidedTry, result: object, outcome: Succeeded) -> None:
        live = _live(attempt)
        try:
            value = objective_of(self.config, result)
        except NoObjective as error:
            live.end("failed", reason=_text(error))
            raise
        for aid in self.inner:
            aid.made(attempt, result, outcome)
        live.end("complete", value)


def report(value: Any, step: int | None = None) -> None:
    """Tell the sweep how its trial does: `value` of the objective so far, at a step (default: the next one). Where the
    pruner gives the trial up, this raises `optuna.TrialPruned`, which ends it.

    Outside of a sweep nothing happens, so that the same function trains alone. Raises TypeError or ValueError for a
    value that is no number."""
    number = float(value)
    live = _current.live
    if live is None:
        return
    at = max(live.steps, default=-1) + 1 if step is None else int(step)
    log_metric(live.config.objective_name, number, at)
    if live.should_prune(at, number):
        from optuna import TrialPruned  # an optional extra

        raise TrialPruned(f"the pruner gave it up at step {at}")


def objective_of(config: SweepConfig, result: object) -> float:
    """The number that a trial's return value stands for. Raises NoObjective."""
    value = _picked(config, result)
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise NoObjective(_no_number(config, value)) from None
    if not math.isfinite(number):
        raise NoObjective(f"the objective {config.objective_name!r} is {number}")
    return number


def _picked(config: SweepConfig, result: object) -> Any:
    wanted = config.objective
    if wanted is None:
        return result
    if not isinstance(wanted, str):
        return cast("Callable[[object], Any]", wanted)(result)
    if isinstance(result, Mapping):
        found = cast("Mapping[str, Any]", result)
        if wanted in found:
            return found[wanted]
        raise NoObjective(f"the trial returned no {wanted!r}: it has {', '.join(map(str, found)) or 'nothing'}")
    if isinstance(result, (int, float)):
        return result
    return getattr(result, wanted, result)


def _no_number(config: SweepConfig, value: object) -> str:
    if value is None:
        return f"the trial returned nothing; let it return the number, or a dict with {config.objective_name!r}"
    return f"the objective {config.objective_name!r} is no number but {type(value).__name__} ({value!r:.60})"


def _live(attempt: AidedTry) -> LiveTrial:
    return attempt.context[LIVE]


def _is_pruned(error: BaseException) -> bool:
    from optuna import TrialPruned  # an optional extra

    return isinstance(error, TrialPruned)


def _at_step(live: LiveTrial) -> str:
    steps = {**live.trial_steps(), **live.steps}
    return f" at step {max(steps)}: {steps[max(steps)]:.6g}" if steps else ""


def _last_number(live: LiveTrial) -> float | None:
    steps = {**live.trial_steps(), **live.steps}
    return steps[max(steps)] if steps and not math.isnan(steps[max(steps)]) else None


def _text(error: BaseException) -> str:
    message = str(error.message if isinstance(error, TradewindError) else error)
    text = message if isinstance(error, AirflowFailException) else f"{type(error).__name__}: {message}".rstrip(": ")
    return text[:MAX_REASON_CHARACTERS]
