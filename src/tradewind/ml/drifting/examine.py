"""Two frames compared: every column, all of them together, and what is decided of it. Nothing is noted or drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from msgspec import structs

from tradewind.ml.drifting.classifier import compare_all
from tradewind.ml.drifting.compare import Compared, compare
from tradewind.ml.drifting.correction import Correction, corrected
from tradewind.ml.drifting.errors import NothingToCompareError
from tradewind.ml.profiling.column import Column
from tradewind.ml.profiling.frames import column_names, columns_of, row_count
from tradewind.model.entries import ColumnDrift, DriftReport

SAMPLE_ROWS = 50_000


class DriftPlan(NamedTuple):
    """When a column, and when the data, counts as drifted."""

    alpha: float = 0.05
    correction: Correction = "holm"
    min_psi: float = 0.1
    min_auc: float = 0.6
    min_share: float = 0.0


def examine(
    before: Any,
    now: Any,
    plan: DriftPlan,
    *,
    columns: Sequence[str] | None = None,
    classifier: bool = True,
    sample_rows: int = SAMPLE_ROWS,
) -> DriftReport:
    """The comparison alone: nothing is noted, raised or drawn."""
    for frame, what in ((before, "reference"), (now, "current data")):
        if not row_count(frame):
            raise NothingToCompareError(f"the {what} has no rows", hint="there is nothing to compare: is it empty?")
    old, new = _by_name(columns_of(before, sample_rows), columns), _by_name(columns_of(now, sample_rows), columns)
    if unknown := [name for name in columns or () if name not in old and name not in new]:
        raise NothingToCompareError(
            f"columns= names {_listed(unknown)}, which neither the reference nor the current data has",
            hint=f"they have {_listed(dict.fromkeys((*column_names(before), *column_names(now))))}",
        )
    if not old.keys() & new.keys():
        raise NothingToCompareError(
            f"the reference and the current data have no column in common: {_listed(old)}; {_listed(new)}",
            hint="is it the reference of other data, or columns= of other columns?",
        )
    is_named = columns is not None
    compared = [compare(old.get(name), new.get(name), with_time=is_named) for name in dict.fromkeys((*old, *new))]
    if classifier:
        usable = {"number", "category", "time"} if is_named else {"number", "category"}
        both = [one for one in old if one in new and {old[one].kind, new[one].kind} <= usable]
        compared.append(Compared(compare_all(before, now, both)))
    decided = _decide(compared, plan)
    own = [one for one in decided if one.kind != "all"]
    share = sum(one.drifted for one in own) / len(own)
    return DriftReport(
        drifted=share > plan.min_share or any(one.drifted for one in decided if one.kind == "all"),
        share=share,
        columns=tuple(decided),
        reference_rows=row_count(before),
        current_rows=row_count(now),
        correction=plan.correction,
        sampled_rows=sample_rows if max(row_count(before), row_count(now)) > sample_rows else 0,
    )


def _decide(compared: Sequence[Compared], plan: DriftPlan) -> list[ColumnDrift]:
    tested = [one.drift.p_value for one in compared if one.drift.p_value is not None]
    adjusted = iter(corrected(tested, plan.correction))
    return [_decided(one, None if one.drift.p_value is None else next(adjusted), plan) for one in compared]


def _decided(one: Compared, p_adjusted: float | None, plan: DriftPlan) -> ColumnDrift:
    if one.is_certain or p_adjusted is None:
        return one.drift
    measure, least = ("roc_auc", plan.min_auc) if one.drift.kind == "all" else ("psi", plan.min_psi)
    is_large = (one.drift.statistics.get(measure) or 0.0) >= least
    return structs.replace(one.drift, p_adjusted=p_adjusted, drifted=p_adjusted < plan.alpha and is_large)


def _by_name(columns: Iterable[Column], wanted: Sequence[str] | None) -> dict[str, Column]:
    """A name that is there twice is told apart by its turn."""
    found: dict[str, Column] = {}
    for column in columns:
        if wanted is not None and column.name not in wanted:
            continue
        key, turn = column.name, 1
        while key in found:
            turn += 1
            key = f"{column.name} ({turn})"
        found[key] = column._replace(name=key)
    return found


def _listed(names: Iterable[str]) -> str:
    return ", ".join(list(names)[:10]) or "none"
