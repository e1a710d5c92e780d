"""References: data that later data is compared with, kept by name across runs."""

from __future__ import annotations

from typing import Any

import msgspec

from tradewind import artifacts
from tradewind.authoring.context import get_current_context
from tradewind.authoring.exceptions import AirflowException
from tradewind.ml import journal
from tradewind.ml.drifting.errors import NoReferenceError, NothingToCompareError
from tradewind.ml.profiling.frames import as_frame, row_count, sampled
from tradewind.ml.profiling.profile import SAMPLE_ROWS, describe
from tradewind.model.entries import ReferenceSet
from tradewind.model.errors import ValueStoreError
from tradewind.model.values import Value

MISSING: Any = object()


def set_reference(name: str, data: Any, *, sample_rows: int = SAMPLE_ROWS) -> ReferenceSet:
    """From now on `ml.reference(name)` is this frame, in all DAGs and runs: a sample of at most `sample_rows` of its
    rows, and its profile. It outlives the run. Raises NothingToCompareError for a frame without rows, NotAFrameError;
    AirflowException outside of a task."""
    frame = as_frame(data, "ml.set_reference()")
    if not row_count(frame):
        raise NothingToCompareError(
            f"the reference {name!r} cannot be a frame without rows", hint="set it to data of a good time"
        )
    try:
        ti = get_current_context()["ti"]
    except RuntimeError:
        raise AirflowException(
            f"the reference {name!r} is kept with a run, and none is running", hint="call ml.set_reference() in a task"
        ) from None
    kept = ti.keep(f"reference_{name}", sampled(frame, sample_rows))
    profile = describe(frame, sample_rows)
    entry = ReferenceSet(
        value=msgspec.to_builtins(kept),
        rows=profile.rows,
        columns=profile.columns,
        sampled_rows=profile.sampled_rows,
        value_hash=kept.hash,
    )
    journal.write(entry, name)
    return entry


def reference(name: str, default: Any = MISSING) -> Any:
    """The frame that was last set as this reference (a sample of it). Raises NoReferenceError, unless there is a
    default."""
    found = journal.newest(ReferenceSet, name)
    if found is not None:
        return _read(name, found)
    if default is not MISSING:
        return default
    raise NoReferenceError(
        f"there is no reference {name!r}", hint=f"set it once, in a task: ml.set_reference({name!r}, good_data)"
    )


def hash_of_reference(name: str) -> str:
    found = journal.newest(ReferenceSet, name)
    return found.value_hash if found is not None else ""


def _read(name: str, found: ReferenceSet) -> Any:
    store = artifacts.ArtifactStore(get_current_context()["ti"].artifact_url)
    try:
        return artifacts.decode(msgspec.convert(found.value, Value), store)
    except ValueStoreError as error:
        raise NoReferenceError(
            f"the sample of the reference {name!r} cannot be read: {error.message}",
            hint=f"set it again, in a task: ml.set_reference({name!r}, good_data)",
        ) from error
