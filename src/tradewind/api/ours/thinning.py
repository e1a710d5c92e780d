"""Fewer points of a curve that still look like it. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence


def thinned(steps: Sequence[float], values: Sequence[float], most: int) -> list[int]:
    """Places of the points to keep, in their order: the first, the last, and of each stretch between its lowest and its
    highest, so that no peak is lost. All, where there are no more than `most`."""
    count = len(steps)
    if count <= most or most < 4:
        return list(range(count))
    stretches = (most - 2) // 2
    size = (count - 2) / stretches
    kept = {0, count - 1}
    for number in range(stretches):
        places = range(1 + int(number * size), 1 + int((number + 1) * size))
        known = [place for place in places if not math.isnan(values[place])]
        if known:
            kept.add(min(known, key=lambda place: values[place]))
            kept.add(max(known, key=lambda place: values[place]))
    return sorted(kept)
