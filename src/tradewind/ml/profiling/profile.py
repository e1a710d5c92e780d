"""`ml.profile(frame)`: what is in a frame, noted in the journal."""

from __future__ import annotations

import time
from typing import Any

from tradewind.ml import journal
from tradewind.ml.profiling.column_profile import profile_column
from tradewind.ml.profiling.frames import as_frame, columns_of, row_count
from tradewind.model.entries import ValueProfile

SAMPLE_ROWS = 100_000


def profile(frame: Any, name: str = "", *, sample_rows: int | None = SAMPLE_ROWS, value_hash: str = "") -> ValueProfile:
    """Counts, missing values, quantiles, categories and a histogram of each column of a frame (pandas, polars, Arrow).

    A frame of more than `sample_rows` rows is sampled, evenly spread; None looks at all of them. In a task the profile
    goes into the run's journal under `name`. Raises NotAFrameError."""
    found = describe(as_frame(frame, "ml.profile()"), sample_rows, value_hash)
    journal.write(found, name)
    return found


def describe(frame: Any, sample_rows: int | None, value_hash: str = "") -> ValueProfile:
    """The profile alone; nothing is noted down."""
    started = time.perf_counter()
    rows = row_count(frame)
    columns = tuple(profile_column(column) for column in columns_of(frame, sample_rows))
    is_sampled = sample_rows is not None and rows > sample_rows
    return ValueProfile(
        value_hash=value_hash,
        rows=rows,
        columns=columns,
        sampled_rows=(sample_rows or 0) if is_sampled else 0,
        seconds=time.perf_counter() - started,
    )
