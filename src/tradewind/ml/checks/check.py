"""`ml.check(data, schema)`: does the data keep to its schema, and what becomes of it where it does not."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tradewind.authoring import branching
from tradewind.authoring.context import get_current_context
from tradewind.authoring.xcom_arg import XComArg
from tradewind.ml import journal
from tradewind.ml.checks.errors import DataCheckFailed, SchemaError
from tradewind.ml.checks.examine import Examined, examine
from tradewind.ml.checks.plan import CheckPlan, plan_of
from tradewind.ml.checks.schema import data_for, refuse_a_schema_that_matches_nothing
from tradewind.ml.profiling.frames import frame_kind, row_count
from tradewind.model.entries import CheckFailure, DataChecked

NAMED = 5
_log = logging.getLogger("tradewind.task")


def check(
    data: Any,
    schema: Any,
    *,
    on_failure: str = "block",
    to: str | Collection[str] | None = None,
    name: str = "",
    hide: str | Collection[str] = (),
) -> Any:
    """Check a frame against a pandera schema (a DataFrameSchema or DataFrameModel of pandera.pandas or pandera.polars)
    and give it back, coerced as the schema says. Of a value that another task will hand on it makes a task of its own.

    Where the data is bad: `block` fails the task, without further tries; `warn` goes on with the data as it is;
    `quarantine` keeps the bad rows as a value of their own and goes on with the good ones; `branch` follows the tasks
    `to` instead of all the others. `hide` names columns of which no examples are to be kept.

    Raises DataCheckFailed, SchemaMatchesNothingError (no column of the data is in the schema), SchemaError,
    NotAFrameError."""
    if isinstance(data, XComArg):
        from tradewind.ml.checks.contract import contract  # which checks by this module

        return contract(schema, on_failure=on_failure, to=to, name=name, hide=hide)(data)
    return carry_out(plan_of(schema, on_failure, to, name, hide), data)


def carry_out(plan: CheckPlan, data: Any) -> Any:
    """The data to go on with."""
    frame = data_for(plan.schema, data)
    refuse_a_schema_that_matches_nothing(plan.schema, frame, plan.name)
    found = examine(plan.schema, frame, hidden_columns=plan.hide)
    if found.passed:
        _note(plan, frame, found)
        _follow(plan, is_good=True)
        return found.frame
    match plan.on_failure:
        case "block":
            _note(plan, frame, found)
            raise _failed(plan, frame, found)
        case "quarantine":
            return _quarantine(plan, frame, found)
        case "warn" | "branch":
            _note(plan, frame, found)
            _log.warning("%s", summary(plan.name, row_count(frame), found))
            _follow(plan, is_good=False)
            return frame


def summary(name: str, rows: int, found: Examined) -> str:
    """What is wrong, in a line for each check that failed."""
    head = f"the data breaks {name!r}: {len(found.bad_rows)} of {rows} rows are bad"
    lines = [*found.whole[:NAMED], *(_line(one) for one in found.failures if one.failed_rows)]
    more = len(lines) - 2 * NAMED
    return "\n  ".join([head, *lines[: 2 * NAMED], *([f"and {more} checks more"] if more > 0 else [])])


def _line(failure: CheckFailure) -> str:
    what = f"column {failure.column!r}" if failure.column else "the rows"
    return f"{what} fails {failure.check} in {failure.failed_rows} rows, such as {', '.join(failure.examples)}"


def _failed(plan: CheckPlan, frame: Any, found: Examined, why: str = "") -> DataCheckFailed:
    return DataCheckFailed(
        summary(plan.name, row_count(frame), found) + (f"\n  {why}" if why else ""),
        hint='mend the data or the schema; on_failure="warn", "quarantine" or "branch" goes on all the same',
    )


def _quarantine(plan: CheckPlan, frame: Any, found: Examined) -> Any:
    """Only rows can be set aside; the good ones are looked at again, for the schema may change them (coerce)."""
    rows = row_count(frame)
    bad = sorted(found.bad_rows)
    good = _without(frame, bad)
    again = examine(plan.schema, good, hidden_columns=plan.hide) if 0 < len(bad) < rows else found
    if not again.passed:
        why = "every row is bad" if len(bad) == rows and rows else "no rows can be set aside for that"
        _note(plan, frame, found, error=why)
        raise _failed(plan, frame, found, why)
    _note(plan, frame, found, artifact=_keep(plan, _only(frame, bad)))
    _log.warning("%s\n  the bad rows are in quarantine", summary(plan.name, rows, found))
    return again.frame


def _keep(plan: CheckPlan, bad: Any) -> str:
    context = _context()
    if context is None:
        return ""
    return context["ti"].keep(f"quarantine_{plan.name}", bad).artifact or ""


def _only(frame: Any, rows: list[int]) -> Any:
    return frame.iloc[rows] if frame_kind(frame) == "pandas" else frame[rows]


def _without(frame: Any, rows: list[int]) -> Any:
    out = set(rows)
    return _only(frame, [row for row in range(row_count(frame)) if row not in out])


def _note(plan: CheckPlan, frame: Any, found: Examined, *, artifact: str = "", error: str = "") -> None:
    entry = DataChecked(
        passed=found.passed,
        action=plan.on_failure,
        rows=row_count(frame),
        bad_rows=len(found.bad_rows),
        failures=found.failures,
        quarantine_artifact=artifact,
        error=error or "; ".join(found.whole[:NAMED]),
    )
    journal.write(entry, plan.name)


def _follow(plan: CheckPlan, *, is_good: bool) -> None:
    context = _context()
    if plan.on_failure != "branch" or context is None:
        return
    tasks = _named_tasks(plan, sorted(context["task"].downstream_task_ids))
    if is_good:
        branching.skip_tasks(context, tasks)
    else:
        branching.follow(context, tasks)


def _named_tasks(plan: CheckPlan, downstream: Sequence[str]) -> list[str]:
    """By id, by the last part of it inside a group, or all that a group begins with."""
    found: list[str] = []
    for name in plan.to:
        own = [one for one in downstream if one == name or one.endswith(f".{name}") or one.startswith(f"{name}.")]
        if not own:
            raise SchemaError(
                f"the check {plan.name!r} is to branch to {name!r}, which is not directly downstream of it",
                hint=f"directly downstream are {', '.join(downstream) or 'no tasks'}",
            )
        found += own
    return found


def _context() -> Mapping[str, Any] | None:
    """Of the running try; None in a notebook or a unit test."""
    try:
        return get_current_context()
    except RuntimeError:
        return None
