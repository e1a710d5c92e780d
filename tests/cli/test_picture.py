"""Pictures of DAGs: what is drawn where."""

from __future__ import annotations

import re

from tradewind.cli.picture import BOX_HEIGHT, svg
from tradewind.model.spec import DagSpec, TaskSpec


def test_a_line_past_a_box_goes_below_it():
    """Behind the box it would look as if it ended there."""
    spec = DagSpec(
        "d",
        tasks=(
            TaskSpec("a", "@task"),
            TaskSpec("b", "@task", upstream=("a",)),
            TaskSpec("c", "@task", upstream=("a", "b")),
        ),
    )

    heights = [_lowest(path) for path in re.findall(r'<path d="([^"]+)"', svg(spec))]

    straight, past, last = heights
    assert straight == last
    assert past > straight + BOX_HEIGHT / 2


def _lowest(path: str) -> float:
    """The middle of a cubic curve of which both ends and both control points are equally low."""
    y = [float(number) for number in re.findall(r"-?\d+", path)][1::2]
    return (y[0] + 3 * y[1] + 3 * y[2] + y[3]) / 8
