"""What an author wants of a sweep, checked while the DAG is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, TypeAlias, cast

from tradewind.authoring.call import name_of
from tradewind.authoring.location import caller_location
from tradewind.ml.sweeping.spaces import Space
from tradewind.model.errors import DagFileError

Direction: TypeAlias = Literal["minimize", "maximize"]
Objective: TypeAlias = str | Callable[[Any], float] | None
SMALL_IS_GOOD = ("loss", "error", "rmse", "mse", "mae", "mape", "deviance", "perplexity", "regret", "cost")
LARGE_IS_GOOD = ("accuracy", "auc", "f1", "r2", "precision", "recall", "score", "reward", "likelihood", "map", "ndcg")


@dataclass(frozen=True)
class Budget:
    """What ends a sweep before all its trials. Trials that run are let end."""

    seconds: float | None = None
    """Since it began."""
    trials: int | None = None
    """Complete or pruned ones."""
    target: float | None = None
    """An objective as good as this."""

    def others(self) -> dict[str, float]:
        found = {"trials": self.trials, "target": self.target}
        return {name: float(value) for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class SweepConfig:
    """Everything but the task itself. `group_id` is joined when the group is there."""

    space: Space
    objective: Objective
    direction: Direction
    n_trials: int
    parallel: int
    sampler: Any
    pruner: Any
    budget: Budget
    seed: int | None
    warm_start: tuple[str, ...]
    enqueue: tuple[Any, ...]
    """Dicts of parameters, and names of sweeps whose best ones are meant."""
    group_id: str = ""
    trial_task_id: str = ""
    begin: Any = field(default=None, compare=False)

    @property
    def objective_name(self) -> str:
        if self.objective is None:
            return "value"
        return self.objective if isinstance(self.objective, str) else name_of(self.objective)

    def is_better(self, value: float, than: float) -> bool:
        """As good counts."""
        return value <= than if self.direction == "minimize" else value >= than


def budget_of(given: Any) -> Budget:
    """A timedelta, seconds, or a dict of `seconds`, `trials`, `target`. Raises DagFileError."""
    if given is None:
        return Budget()
    if isinstance(given, Budget):
        return given
    if isinstance(given, timedelta):
        return Budget(seconds=_positive(given.total_seconds(), given))
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return Budget(seconds=_positive(float(given), given))
    if isinstance(given, Mapping):
        mapping = cast("Mapping[str, Any]", given)
        if mapping and set(mapping) <= {"seconds", "trials", "target"}:
            seconds = mapping.get("seconds")
            if isinstance(seconds, timedelta):
                seconds = seconds.total_seconds()
            return Budget(seconds, mapping.get("trials"), mapping.get("target"))
    raise DagFileError(
        f"budget={given!r:.60} is no budget",
        location=caller_location(),
        hint='budget=timedelta(hours=1), or budget={"trials": 30, "seconds": 3600, "target": 0.95}',
    )


def direction_of(given: str | None, objective: Objective) -> Direction:
    """As given, else by the objective's name where that says it. Raises DagFileError where it does not: a sweep that
    looks for the worst accuracy is found out too late."""
    if given in ("minimize", "maximize"):
        return given
    if given is not None:
        raise DagFileError(
            f"direction={given!r} is neither of two", location=caller_location(), hint='"minimize" or "maximize"'
        )
    words = (objective if isinstance(objective, str) else "").lower().replace("-", "_").split("_")
    if any(word in SMALL_IS_GOOD or word.endswith("loss") for word in words):
        return "minimize"
    if any(word in LARGE_IS_GOOD for word in words):
        return "maximize"
    raise DagFileError(
        "it is not known whether a small or a large objective is good",
        location=caller_location(),
        hint='add direction="minimize" or direction="maximize"',
    )


def positive_int(value: Any, argument: str) -> int:
    """Raises DagFileError."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise DagFileError(
            f"{argument}={value!r} has to be a whole number above 0",
            location=caller_location(),
            hint=f"{argument}=20",
        )
    return value


def as_tuple(value: Any, what: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    """One or several. Raises DagFileError."""
    listed: Sequence[Any] = (
        () if value is None else cast("Sequence[Any]", value) if isinstance(value, (list, tuple)) else (value,)
    )
    if all(isinstance(one, kinds) for one in listed):
        return tuple(listed)
    raise DagFileError(
        f"{what}={value!r:.60} cannot be understood",
        location=caller_location(),
        hint='"previous", the name of a sweep ("dag_id/run_id/group"), or parameters as a dict',
    )


def _positive(seconds: float, given: Any) -> float:
    if seconds > 0:
        return seconds
    raise DagFileError(f"budget={given!r} is over before it begins", location=caller_location(), hint="a positive time")
