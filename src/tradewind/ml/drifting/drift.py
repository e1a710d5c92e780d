"""`ml.drift(reference, current)`: has the data changed, by column and as a whole?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from tradewind.authoring.context import get_current_context
from tradewind.authoring.taskflow import task
from tradewind.authoring.xcom_arg import XComArg
from tradewind.ml.drifting.announce import announce
from tradewind.ml.drifting.correction import CORRECTIONS, Correction
from tradewind.ml.drifting.examine import SAMPLE_ROWS, DriftPlan, examine
from tradewind.ml.drifting.reference import hash_of_reference
from tradewind.ml.drifting.reference import reference as kept_reference
from tradewind.ml.missing import needed
from tradewind.ml.profiling.frames import as_frame


def drift(
    reference: Any,
    current: Any,
    *,
    name: str = "",
    columns: Sequence[str] | None = None,
    alpha: float = 0.05,
    correction: Correction = "holm",
    min_psi: float = 0.1,
    min_auc: float = 0.6,
    min_share: float = 0.0,
    classifier: bool = True,
    sample_rows: int = SAMPLE_ROWS,
    figures: bool = True,
) -> Any:
    """Compare a frame with another, or with the reference of that name (see `ml.set_reference`), column by column and,
    by a classifier, as a whole; gives a `DriftReport`. `name` is the monitor's, which `schedule=ml.OnDrift(name)` and
    `tradewind drift show` know it by. Of values that other tasks hand on it makes a task of its own.

    A column drifted where the p-value of its test (numbers: Kolmogorov-Smirnov; categories: chi-squared; with that of
    its missing values), corrected for their number (`holm`, `bh` or `none`), is below `alpha`, and its stability index
    is at least `min_psi`, so that large data does not alarm for what makes no difference; or where it is missing or of
    another type now. The data drifted where more than `min_share` of its columns did, or the classifier tells its rows
    with an area under the ROC curve of at least `min_auc`.

    Raises NothingToCompareError (no rows, no column in common), NoReferenceError, NotAFrameError."""
    columns = (columns,) if isinstance(columns, str) else columns
    plan = DriftPlan(alpha, _checked(correction), min_psi, min_auc, min_share)
    options: dict[str, Any] = {"name": name, "columns": columns, **plan._asdict()}
    options |= {"classifier": classifier, "sample_rows": sample_rows, "figures": figures}
    if isinstance(reference, XComArg) or isinstance(current, XComArg):
        own_name = name or (reference if isinstance(reference, str) else "")
        return task(drift).override(task_id=_task_id(own_name))(reference, current, **options)
    reference_hash = ""
    if isinstance(reference, str):
        name, reference_hash = name or reference, hash_of_reference(reference)
        reference = kept_reference(reference)
    before, now = as_frame(reference, "ml.drift()"), as_frame(current, "ml.drift()")
    with needed("checks", "scipy"):
        found = examine(before, now, plan, columns=columns, classifier=classifier, sample_rows=sample_rows)
    return announce(structs.replace(found, reference_hash=reference_hash), name or _own_name(), figures=figures)


def _checked(correction: str) -> Correction:
    if correction in CORRECTIONS:
        return correction
    raise ValueError(f"correction is one of {', '.join(CORRECTIONS)}, not {correction!r}")


def _own_name() -> str:
    """Of a monitor that was given none: its task's."""
    try:
        return str(get_current_context()["ti"].task_id)
    except RuntimeError:
        return ""


def _task_id(name: str) -> str:
    return "drift" + "".join(character if character.isalnum() else "_" for character in f"_{name}" if name)
