"""A gate's picture: each comparison's difference with its interval, better to the right."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from tradewind.model.entries import MetricCompared

_COLOURS = {True: "#2e7d32", False: "#c62828"}


def differences(compared: Sequence[MetricCompared]) -> Any | None:
    """A matplotlib figure; None where nothing was compared or matplotlib is not installed."""
    lines = [one for one in compared if one.difference is not None and one.low is not None and one.high is not None]
    if not lines or find_spec("matplotlib") is None:
        return None
    from matplotlib.figure import Figure  # half a second, for a gate that has something to show

    figure = Figure(figsize=(7, 1 + 0.4 * len(lines)))
    axes: Any = figure.subplots()
    for place, one in enumerate(reversed(lines)):
        colour = _COLOURS[one.passed]
        axes.plot([one.low, one.high], [place, place], color=colour, linewidth=2)
        axes.plot([one.difference], [place], "o", color=colour)
    axes.axvline(0, color="#888888", linewidth=1)
    axes.set_yticks(range(len(lines)), [f"{one.metric} {one.slice}".strip() for one in reversed(lines)])
    axes.set_xlabel("challenger better by")
    return figure
