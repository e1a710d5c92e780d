"""BaseSensorOperator: a task that asks again and again (`poke`) until something is there, or its time is over."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tradewind.authoring.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    AirflowTaskTimeout,
    TaskDeferralTimeout,
)
from tradewind.authoring.operator import BaseOperator

C = TypeVar("C", bound=type)

DEFAULT_TIMEOUT_SECONDS = 7 * 24 * 60 * 60.0
LONGEST_WAIT_SECONDS = 24 * 60 * 60.0
MODES = ("poke", "reschedule")


class PokeReturnValue:
    """What `poke` may return instead of a bool: whether it is done, and the sensor's value then."""

    def __init__(self, is_done: bool, xcom_value: Any = None) -> None:
        self.is_done = is_done
        self.xcom_value = xcom_value

    def __bool__(self) -> bool:
        return self.is_done


class BaseSensorOperator(BaseOperator):
    """Base of sensors: write `poke(context)`, which says whether what is waited for is there.

    `poke_interval` and `timeout` are seconds or timedeltas; the timeout counts from the first try. Mode `poke` waits in
    the task's process, `reschedule` frees its slot between pokes. `soft_fail` skips instead of failing on a timeout,
    `never_fail` on any error, `silent_fail` goes on poking after an error. `exponential_backoff` doubles the interval
    each time, up to `max_wait`."""

    ui_color = "#e6f1f2"
    valid_modes = MODES
    default_mode = "poke"
    """Of a sensor that is given no mode."""

    def __init__(
        self,
        *,
        poke_interval: timedelta | float = 60,
        timeout: timedelta | float | None = None,
        soft_fail: bool = False,
        mode: str | None = None,
        exponential_backoff: bool = False,
        max_wait: timedelta | float | None = None,
        silent_fail: bool = False,
        never_fail: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.poke_interval = self._seconds("poke_interval", poke_interval)
        self.timeout = DEFAULT_TIMEOUT_SECONDS if timeout is None else self._seconds("timeout", timeout)
        self.max_wait = None if max_wait is None else self._seconds("max_wait", max_wait)
        self.soft_fail = soft_fail
        self.mode = mode if mode is not None else self.default_mode
        self.exponential_backoff = exponential_backoff
        self.silent_fail = silent_fail
        self.never_fail = never_fail
        self._check()

    def poke(self, context: Any) -> bool | PokeReturnValue:
        """Whether what is waited for is there."""
        raise NotImplementedError(f"{type(self).__name__} has no poke() method")

    def execute(self, context: Any) -> Any:
        started = self.first_start(context)
        pokes = int(context.get("task_reschedule_count") or 0) if self.reschedule else 0
        while True:
            pokes += 1
            if answer := self.poke_once(context):
                self.log.info("Success criteria met. Exiting.")
                return answer.xcom_value if isinstance(answer, PokeReturnValue) else None
            waited = (datetime.now(UTC) - started).total_seconds()
            if waited >= self.timeout:
                self.time_out(waited)
            # Not beyond the timeout: the last poke is at its very end.
            wait = min(self._wait_seconds(context, pokes), self.timeout - waited)
            if self.reschedule:
                raise AirflowRescheduleException(datetime.now(UTC) + timedelta(seconds=wait))
            time.sleep(wait)

    @property
    def reschedule(self) -> bool:
        return self.mode == "reschedule"

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Any) -> Any:
        """As of any deferred task; what went wrong while it waited counts as in a poke: a sensor's timeout, skipped
        with `soft_fail`."""
        try:
            return super().resume_execution(next_method, next_kwargs, context)
        except TaskDeferralTimeout:
            timeout = AirflowSensorTimeout(f"Sensor has timed out after {self.timeout} seconds.")
            self._skip_if_soft(timeout)
            raise timeout from None
        except AirflowSkipException:
            raise
        except AirflowException as error:
            self._skip_if_soft(error)
            raise

    @staticmethod
    def first_start(context: Any) -> datetime:
        """When this task instance was first tried: its retries do not reset the timeout."""
        return getattr(context["ti"], "first_started_at", None) or datetime.now(UTC)

    def poke_once(self, context: Any) -> bool | PokeReturnValue:
        """`poke`, with its failures as `soft_fail`, `never_fail` and `silent_fail` want them."""
        try:
            return self.poke(context)
        except AirflowSkipException:
            raise
        except (AirflowSensorTimeout, AirflowTaskTimeout, AirflowFailException) as error:
            self._skip_if_soft(error)
            raise
        except Exception as error:
            if self.silent_fail:
                self.log.error("Sensor poke failed: \n %s", error, exc_info=True)
                return False
            if self.never_fail:
                raise AirflowSkipException("Skipping due to never_fail is set to True.") from error
            raise

    def time_out(self, waited_seconds: float) -> None:
        """Raises AirflowSensorTimeout, or AirflowSkipException with `soft_fail`."""
        error = AirflowSensorTimeout(
            f"Sensor has timed out; run duration of {waited_seconds:.1f} seconds exceeds the specified timeout of "
            f"{self.timeout}."
        )
        self._skip_if_soft(error)
        raise error

    def _skip_if_soft(self, error: BaseException) -> None:
        if self.soft_fail:
            raise AirflowSkipException("Skipping due to soft_fail is set to True.") from error
        if self.never_fail:
            raise AirflowSkipException("Skipping due to never_fail is set to True.") from error

    def _wait_seconds(self, context: Any, pokes: int) -> float:
        """Seconds until the next poke; `pokes` so far. With backoff: doubled each time and spread, so that sensors that
        began together do not ask together, by a hash instead of chance, so that a try can be repeated exactly."""
        if not self.exponential_backoff:
            return self.poke_interval
        ti = context["ti"]
        shortest = max(self.poke_interval * 2.0 ** min(pokes - 1, 60), 1.0)
        name = f"{ti.dag_id}#{ti.task_id}#{ti.run_id}#{pokes}"
        spread = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big") / 2**32
        return min(shortest * (1 + spread), self.max_wait or LONGEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS)

    def _check(self) -> None:
        place = f"{self.dag_id}.{self.task_id}"
        if self.mode not in self.valid_modes:
            raise AirflowException(f"The mode must be one of {list(MODES)},'{place}'; received '{self.mode}'.")
        if self.soft_fail and self.never_fail:
            raise ValueError(f"soft_fail and never_fail are mutually exclusive; you can not provide both ({place})")

    def _seconds(self, name: str, value: Any) -> float:
        seconds = value.total_seconds() if isinstance(value, timedelta) else value
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise AirflowException(
                f"The {name} must be timedelta or a non-negative number, not {value!r} ({self.task_id!r})",
                hint=f"give {name}= in seconds",
            )
        return seconds


def poke_mode_only(cls: C) -> C:
    """Class decorator: sensors of this class cannot be rescheduled."""
    if not issubclass(cls, BaseSensorOperator):
        raise ValueError(f"poke_mode_only is for subclasses of BaseSensorOperator, not for {cls}")

    def get_mode(self: Any) -> str:
        return "poke"

    def set_mode(self: Any, mode: str) -> None:
        if mode != "poke":
            raise ValueError(f"Cannot set mode to '{mode}'. Only 'poke' is acceptable")

    cls.mode = property(get_mode, set_mode)  # pyright: ignore[reportAttributeAccessIssue]
    return cls
