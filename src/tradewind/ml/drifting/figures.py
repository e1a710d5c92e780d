"""The picture of a drift report: how stable each column is, and what the strongest looked like before and now."""

from __future__ import annotations

import importlib
import importlib.util
import io
import warnings
from typing import Any

from tradewind.ml.drifting.report import in_order, strength
from tradewind.model.entries import ColumnDrift, DriftReport

BARS, PANELS = 20, 6
BEFORE, NOW, CALM = "#7a8896", "#d9662b", "#b9c4cf"
LONGEST = 24


def picture_of(report: DriftReport, name: str) -> bytes:
    """A PNG; nothing where matplotlib is not installed."""
    if importlib.util.find_spec("matplotlib") is None:
        return b""
    module: Any = importlib.import_module("matplotlib.figure")  # 300 ms, without pyplot and its windows
    shown = [one for one in in_order(report) if one.kind != "all"]
    panels = [one for one in shown if one.reference_counts][:PANELS]
    figure = module.Figure(figsize=(11, 3.2 + 0.16 * min(len(shown), BARS)), layout="constrained")
    left, right = figure.subfigures(1, 2, width_ratios=(1, 2)) if panels else (figure, None)
    _bars(left.subplots(), shown[:BARS])
    if right is not None:
        grid = right.subplots(2, 3, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place < len(panels):
                _panel(axes, panels[place], with_legend=place == 0)
            else:
                axes.set_axis_off()
    figure.suptitle(f"Drift of {name}" if name else "Drift", fontsize=11, parse_math=False)
    made = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters that the font lacks: the names are in the table, too
        figure.savefig(made, format="png", dpi=110)
    return made.getvalue()


def _bars(axes: Any, columns: list[ColumnDrift]) -> None:
    names = [_plain(one.column) for one in reversed(columns)]
    colours = [NOW if one.drifted else CALM for one in reversed(columns)]
    axes.barh(range(len(names)), [strength(one) for one in reversed(columns)], color=colours)
    axes.set_yticks(range(len(names)), names, fontsize=8, parse_math=False)
    axes.axvline(0.1, color=BEFORE, linewidth=0.8, linestyle=":")
    axes.set_xlabel("stability index (PSI)", fontsize=8)
    axes.tick_params(axis="x", labelsize=8)


def _panel(axes: Any, column: ColumnDrift, *, with_legend: bool) -> None:
    before, now = (_shares(counts) for counts in (column.reference_counts, column.current_counts))
    places = range(len(before))
    axes.bar([place - 0.2 for place in places], before, width=0.4, color=BEFORE, label="before")
    axes.bar([place + 0.2 for place in places], now, width=0.4, color=NOW, label="now")
    axes.set_title(_plain(column.column), fontsize=8, parse_math=False)
    if column.kind == "category" and len(before) <= 8:
        names = [_plain(one) for one in column.labels]
        axes.set_xticks(list(places), names, fontsize=6, rotation=30, parse_math=False)
    else:
        ends = (_plain(column.labels[0]), _plain(column.labels[-1]))
        axes.set_xticks([0, max(len(before) - 1, 1)], ends, fontsize=6, parse_math=False)
    axes.tick_params(axis="y", labelsize=6)
    if with_legend:
        axes.legend(fontsize=6, frameon=False)


def _shares(counts: tuple[int, ...]) -> list[float]:
    return [count / max(sum(counts), 1) for count in counts]


def _plain(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
