"""Retry policies: what a failed try's own exception says about trying again. Asked in the task's process, right after
the failure. https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any, TypeAlias

_log = logging.getLogger("tradewind.task")

ExceptionSpec: TypeAlias = "type[BaseException] | str"
"""An exception class, or its import path, e.g. `requests.exceptions.HTTPError`."""


class RetryAction(Enum):
    """RETRY is bounded by the task's `retries`, as DEFAULT is; FAIL gives up at once."""

    RETRY = "retry"
    FAIL = "fail"
    DEFAULT = "default"


@dataclass(frozen=True)
class RetryDecision:
    """What a policy said of one failure. `retry_delay` replaces the task's own for this one retry."""

    action: RetryAction = RetryAction.DEFAULT
    retry_delay: timedelta | None = None
    reason: str | None = None

    @classmethod
    def fail(cls, reason: str | None = None) -> RetryDecision:
        return cls(RetryAction.FAIL, None, reason)

    @classmethod
    def retry(cls, delay: timedelta | None = None, reason: str | None = None) -> RetryDecision:
        return cls(RetryAction.RETRY, delay, reason)

    @classmethod
    def default(cls) -> RetryDecision:
        return cls()


class RetryPolicy:
    """Subclass it and write `evaluate`. It is not asked where the task itself decides (AirflowFailException)."""

    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        """Whether to try again after this exception. `try_number` counts from 1."""
        raise NotImplementedError(f"{type(self).__name__} has no evaluate() method")

    def serialize(self) -> dict[str, Any]:
        """Accepted for Airflow's sake; a policy stays in the DAG file here."""
        return {}


class RetryRule:
    """One or several exceptions and what to do when one of them is raised."""

    def __init__(
        self,
        exception: ExceptionSpec | Sequence[ExceptionSpec],
        action: RetryAction = RetryAction.RETRY,
        retry_delay: timedelta | None = None,
        reason: str | None = None,
        match_subclasses: bool = True,
    ) -> None:
        single = isinstance(exception, (str, type))
        self.exceptions: tuple[ExceptionSpec, ...] = (exception,) if single else tuple(exception)  # pyright: ignore
        for spec in self.exceptions:
            if isinstance(spec, str) and "." not in spec:
                raise ValueError(
                    f"a RetryRule names exceptions by import path, e.g. 'builtins.ValueError', not {spec!r}"
                )
        self.action = action
        self.retry_delay = retry_delay
        self.reason = reason
        self.match_subclasses = match_subclasses

    def matches(self, exception: BaseException) -> bool:
        """An exception that cannot be imported here cannot have been raised here either."""
        kinds = [kind for kind in map(_class_of, self.exceptions) if kind is not None]
        return isinstance(exception, tuple(kinds)) if self.match_subclasses else type(exception) in kinds


class ExceptionRetryPolicy(RetryPolicy):
    """The first rule that matches decides; without one, `default`."""

    def __init__(self, rules: Sequence[RetryRule], default: RetryAction = RetryAction.DEFAULT) -> None:
        self.rules = list(rules)
        self.default = default

    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        for rule in self.rules:
            if rule.matches(exception):
                reason = rule.reason or f"a rule for {type(exception).__name__}"
                return RetryDecision(rule.action, rule.retry_delay, reason)
        return RetryDecision(self.default)


def retry_policy_of(task: Any) -> Any:
    """The task's `retry_policy`, or the one among its aids; None where there is none."""
    own = task.argument("retry_policy")
    if own is not None:
        return own
    return next((one for one in task.argument("aids") or () if isinstance(one, RetryPolicy)), None)


def retries_of(task: Any) -> int:
    """How many the engine is to allow: the task's own, or as many as its policy needs."""
    return max(task.argument("retries") or 0, getattr(retry_policy_of(task), "least_retries", 0))


def delay_of(task: Any) -> timedelta | None:
    """What the policy wants before each retry. The engine has to know it, too: a try that was killed asks nobody."""
    return getattr(retry_policy_of(task), "delay", None)


def decide(policy: Any, exception: BaseException, try_number: int, max_tries: int, context: Any) -> RetryDecision:
    """What the policy says. One that fails itself is logged, and the task's own settings hold."""
    try:
        decision = policy.evaluate(exception, try_number, max_tries, context)
    except Exception as error:
        _log.error("the retry policy failed, so retries go on as configured: %s: %s", type(error).__name__, error)
        return RetryDecision()
    if not isinstance(decision, RetryDecision):
        _log.error("the retry policy gave %r, not a RetryDecision: retries go on as configured", decision)
        return RetryDecision()
    return decision


def _class_of(spec: ExceptionSpec) -> type[BaseException] | None:
    if not isinstance(spec, str):
        return spec
    module, _, name = spec.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        return None
