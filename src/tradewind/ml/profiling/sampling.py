"""Which rows are looked at where a frame has too many: one out of each of equally long stretches."""

from __future__ import annotations

from typing import Any


def places(rows: int, wanted: int, seed: int = 0) -> Any:
    """Ascending row numbers, none twice: a random one of each stretch, so that data with a period is not met at one
    phase, and data that is sorted (by time, as a rule) is met everywhere. Costs what is chosen, not what is there."""
    import numpy  # only where frames are, which bring it

    bounds = numpy.arange(wanted + 1) * rows // wanted
    lengths = numpy.diff(bounds)
    return bounds[:-1] + (numpy.random.default_rng(seed).random(wanted) * lengths).astype(numpy.int64)
