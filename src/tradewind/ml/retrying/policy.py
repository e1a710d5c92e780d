"""`ml.retry_on(...)`: by the class of its failure a task is tried again with other arguments, as it is, or not at all.

What the next try has otherwise is in the journal, so that it knows it wherever it runs. A try that was killed cannot
write: the one after it reads how it ended, and writes for it.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeAlias, cast

import msgspec

from tradewind.authoring import metrics, ports
from tradewind.authoring.aid import Aid, AidedTry
from tradewind.authoring.context import get_current_context
from tradewind.authoring.exceptions import AirflowFailException
from tradewind.authoring.retry_policy import ExceptionSpec, RetryDecision, RetryPolicy, RetryRule
from tradewind.ml import journal
from tradewind.ml.retrying.arguments import change_call, change_params, current, is_param
from tradewind.ml.retrying.changes import CannotChange, Change
from tradewind.ml.retrying.failures import LOST, NAN, OOM, TIMEOUT, NaNLoss, class_of, class_of_try, describe
from tradewind.model.entries import RetryChanged, read_entry
from tradewind.model.errors import TradewindError
from tradewind.model.ids import path_to_text
from tradewind.model.journal import EntryQuery
from tradewind.model.messages import GetTries
from tradewind.model.records import TryRecord
from tradewind.model.states import TryPurpose, TryState

_log = logging.getLogger("tradewind.task")
MOST_TIMES = 100
Answer: TypeAlias = "bool | Change | Sequence[Change] | None"
"""True: tried again as it is; False: not at all; None: the task's own `retries` say."""


def retry_on(
    *,
    oom: Answer = None,
    nan: Answer = None,
    lost: Answer = True,
    timeout: Answer = None,
    exceptions: Mapping[ExceptionSpec, Answer] | None = None,
    times: int = 3,
    delay: timedelta | float | None = None,
) -> RetryOn:
    """Given as `aids=[ml.retry_on(...)]` or `retry_policy=`. What is answered for a class of failures: a change
    (`ml.halve("batch_size")`) or several, True (again as it is), False (give up at once), None (as the task's `retries`
    say). `oom`: MemoryError, CUDA's and PyTorch's, and kills for want of memory. `nan`: `ml.NaNLoss`, and with it any
    metric that is logged as NaN. `lost`: the process ended without a word. `exceptions` go first: class or import path
    → answer. At most `times` retries for each class; `delay` before each (seconds), by default the task's own."""
    return RetryOn({OOM: oom, NAN: nan, LOST: lost, TIMEOUT: timeout}, dict(exceptions or {}), times=times, delay=delay)


class RetryOn(Aid, RetryPolicy):
    """Made by `retry_on`."""

    in_debug = True

    def __init__(
        self,
        classes: Mapping[str, Answer],
        exceptions: Mapping[ExceptionSpec, Answer],
        *,
        times: int,
        delay: timedelta | float | None,
    ) -> None:
        if not 1 <= times <= MOST_TIMES:
            raise TradewindError(f"retry_on(times={times})", hint=f"1 to {MOST_TIMES} retries for each class")
        self._answers = {name: _checked(name, answer) for name, answer in classes.items() if answer is not None}
        self._rules = [(RetryRule(kind), _checked(_name_of(kind), one)) for kind, one in exceptions.items()]
        self._times = times
        self.delay = timedelta(seconds=delay) if isinstance(delay, (int, float)) else delay
        counted = [name for name, answer in self._answers.items() if answer is not False and name != LOST]
        of_exceptions = [one for _, one in self._rules if one is not False]
        self.least_retries = min(times * (len(counted) + len(of_exceptions)), MOST_TIMES)
        """So many does the engine allow at least; what has no answer here is held to the task's own `retries`. Those
        that are lost the engine counts apart."""
        self._changed: dict[str, Any] = {}
        """In this try: a copy of the policy is in its process alone."""

    # ------------------------------------------------------------------------------------ before the task

    def before_rendering(self, attempt: AidedTry) -> None:
        self._changed = {}
        if attempt.message.first_started_at is not None:
            self._changed = self._known_changes(attempt)
            self._take_up_the_killed(attempt, is_rendered=False)
            change_params(attempt, self._changed)

    @contextmanager
    def around(self, attempt: AidedTry) -> Generator[None]:
        change_call(attempt, self._changed)
        for answer in (*self._answers.values(), *(answer for _, answer in self._rules)):
            for change in _changes(answer):
                current(attempt, change.name)  # a wrong name is told before anything was trained
        if attempt.message.first_started_at is not None:
            self._take_up_the_killed(attempt, is_rendered=True)
            change_params(attempt, self._changed)
        if NAN in self._answers:
            metrics.refuse_nan(_raise_nan)
        try:
            yield
        finally:
            metrics.refuse_nan(None)

    def _known_changes(self, attempt: AidedTry) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for entry in reversed(_entries(attempt)):
            found |= {name: after for name, (_, after) in entry.changes.items()}
        return found

    def _take_up_the_killed(self, attempt: AidedTry, *, is_rendered: bool) -> None:
        """Before templates are rendered those whose changes are of params alone, which templates may name; the call's
        arguments are known only then. Raises AirflowFailException where one of them is not to be tried again."""
        told = {entry.failed_try for entry in _entries(attempt)}
        earlier = _earlier_tries(attempt)
        for ended in earlier:
            failure = class_of_try(ended)
            answer = self._answers.get(failure)
            if not failure or ended.try_id in told:
                continue
            if not is_rendered and not all(is_param(attempt, change.name) for change in _changes(answer)):
                continue
            decision = self._decide(attempt, failure, answer, ended.try_id, ended.why)
            if decision is False or (decision is None and self._is_over(attempt, earlier, told)):
                raise AirflowFailException(f"the last try {describe(failure)}, and is not tried again: {ended.why}")
            (change_call if is_rendered else change_params)(attempt, self._changed)

    def _is_over(self, attempt: Any, earlier: Sequence[TryRecord], told: Set[str]) -> bool:
        """The task's own `retries` are used up by failures that have no answer here."""
        others = sum(1 for one in earlier if one.state is TryState.FAILED and one.try_id not in told)
        return others > int(attempt.operator.retries or 0)

    # ------------------------------------------------------------------------------------ after a failure

    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        attempt = _Failed(context if context is not None else get_current_context())
        failure, answer = self._answer_to(exception)
        decision = self._decide(attempt, failure, answer, attempt.message.try_id, str(exception))
        if decision is None:
            told = {entry.failed_try for entry in _entries(attempt)}
            others = [one for one in _earlier_tries(attempt) if one.state is TryState.FAILED and one.try_id not in told]
            if len(others) < (own := int(attempt.operator.retries or 0)):
                return RetryDecision(retry_delay=None if self.delay is None else attempt.operator.retry_delay)
            return RetryDecision.fail(f"{failure}: no answer to that, and retries={own}")
        if decision:
            return RetryDecision.retry(self.delay, describe(failure))
        return RetryDecision.fail(describe(failure))

    def _answer_to(self, error: BaseException) -> tuple[str, Answer]:
        for rule, answer in self._rules:
            if rule.matches(error):
                return type(error).__name__, answer
        failure = class_of(error)
        return failure or type(error).__name__, self._answers.get(failure)

    # ------------------------------------------------------------------------------------ deciding

    def _decide(self, attempt: Any, failure: str, answer: Answer, failed_try: str, why: str) -> bool | None:
        """Whether to try again; None: nothing is said of it. What is changed is written down, and in `_changed`."""
        if answer is None:
            return None
        if answer is False:
            return False
        so_far = sum(1 for entry in _entries(attempt) if entry.failure == failure)
        if so_far >= self._times and failure != LOST:  # the engine bounds those that are lost
            _log.error("retry_on: it %s %d times: given up", describe(failure), so_far + 1)
            return False
        try:
            changes = {one.name: _change(attempt, one) for one in _changes(answer)}
        except CannotChange as error:
            _log.error("retry_on: it %s, and nothing can be changed: %s", describe(failure), error)
            return False
        self._changed |= {name: after for name, (_, after) in changes.items()}
        entry = RetryChanged(failure, failed_try, changes, why[:500])
        journal.write(entry, _entry_name(attempt), try_id=attempt.message.try_id)
        told = ", ".join(f"{name} {before!r} → {after!r}" for name, (before, after) in changes.items())
        _log.warning("retry_on: it %s; the next try has %s", describe(failure), told or "the same arguments")
        return True


class _Failed:
    """The try that has just failed, as `evaluate` knows it."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.operator = context["task"]
        self.message = context["ti"].message


def _raise_nan(name: str, step: int | None) -> None:
    raise NaNLoss(f"the metric {name!r} is not a number" + ("" if step is None else f" (step {step})"))


def _change(attempt: Any, change: Change) -> tuple[Any, Any]:
    before = current(attempt, change.name)
    return before, change.next_value(before)


def _entry_name(attempt: Any) -> str:
    task = attempt.message.task
    return f"{task.task_id}[{path_to_text(task.map_path)}]" if task.map_path else task.task_id


def _entries(attempt: Any) -> list[RetryChanged]:
    """Of this task instance since it was cleared, newest first."""
    task, since = attempt.message.task, attempt.message.first_started_at
    query = EntryQuery("RetryChanged", name=_entry_name(attempt), dag_id=task.dag_id, run_id=task.run_id, limit=1000)
    return [read_entry(one.body, RetryChanged) for one in journal.read(query) if since is None or one.at >= since]


def _earlier_tries(attempt: Any) -> list[TryRecord]:
    """Since it was cleared, oldest first."""
    message = attempt.message
    asked: list[dict[str, Any]] | None = ports.supervisor().ask(GetTries(message.try_id, message.task))
    since = message.first_started_at
    return [
        one
        for one in (msgspec.convert(row, TryRecord) for row in asked or ())
        if one.purpose is TryPurpose.EXECUTE
        and one.try_id != message.try_id
        and since is not None
        and one.started_at is not None
        and one.started_at >= since
    ]


def _changes(answer: Answer) -> Sequence[Change]:
    if isinstance(answer, Change):
        return (answer,)
    return () if answer is None or isinstance(answer, bool) else answer


def _checked(name: str, answer: Answer) -> Answer:
    listed = cast("Sequence[object]", answer) if isinstance(answer, (list, tuple)) else [answer]
    if answer is None or isinstance(answer, bool) or (listed and all(isinstance(one, Change) for one in listed)):
        return answer
    raise TradewindError(
        f"retry_on({name}={answer!r:.60})", hint='say True, False, or what to change: ml.halve("batch_size")'
    )


def _name_of(kind: ExceptionSpec) -> str:
    return kind if isinstance(kind, str) else kind.__name__
