"""A forecast as SVG: a lane for each DAG, its runs as bars, what they waited as pale ones, missed deadlines in red."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from tradewind.forecast.story import Forecast, RunStory

WIDTH, LANE, BAR, MARGIN = 960, 26, 16, 24
MARKS = 6
RUNS_AT_MOST = 20_000
RAN, WAITED, MISSED, FAILED = "#2f9e62", "#c9ced6", "#d64545", "#e08a2c"


def as_svg(forecast: Forecast, dag_ids: Sequence[str]) -> str:
    names = max((len(dag_id) for dag_id in dag_ids), default=0) * 7 + 16
    scale = _Scale(forecast.begins, forecast.ends, MARGIN + names)
    missed = {(miss.dag_id, miss.run_id) for miss in forecast.misses}
    lanes = {dag_id: MARGIN + place * LANE for place, dag_id in enumerate(dag_ids)}
    height = MARGIN + len(dag_ids) * LANE + 40
    lines = [f'<text x="{MARGIN}" y="{y + 12}">{escape(dag_id)}</text>' for dag_id, y in lanes.items()]
    for run in forecast.runs[:RUNS_AT_MOST]:
        if run.dag_id in lanes:
            lines += _run(run, lanes[run.dag_id], scale, is_missed=(run.dag_id, run.run_id) in missed)
    lines += _marks(scale, height - 30)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{scale.left + WIDTH + MARGIN:.0f}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="#333333">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(lines)}</svg>\n'
    )


class _Scale:
    def __init__(self, begins: datetime, ends: datetime, left: float) -> None:
        self.begins, self.ends, self.left = begins, ends, left
        self._span = max((ends - begins).total_seconds(), 1.0)

    def x(self, at: datetime) -> float:
        return self.left + max(0.0, min(1.0, (at - self.begins).total_seconds() / self._span)) * WIDTH


def _run(run: RunStory, y: float, scale: _Scale, *, is_missed: bool) -> list[str]:
    started, ended = run.started_at or scale.ends, run.ended_at or scale.ends
    colour = MISSED if is_missed else FAILED if run.state == "failed" else RAN
    title = f"<title>{escape(run.run_id)}: {run.state}</title>"
    bars = [_bar(scale.x(started), scale.x(ended), y, colour, title)] if run.started_at else []
    if started > run.due_at:
        bars.insert(0, _bar(scale.x(run.due_at), scale.x(started), y, WAITED, title))
    return bars


def _bar(left: float, right: float, y: float, colour: str, title: str) -> str:
    width = max(right - left, 1.0)
    return (
        f'<rect x="{left:.1f}" y="{y:.0f}" width="{width:.1f}" height="{BAR}" rx="2" fill="{colour}" '
        f'fill-opacity="0.8">{title}</rect>'
    )


def _marks(scale: _Scale, y: float) -> list[str]:
    step: timedelta = (scale.ends - scale.begins) / MARKS
    lines: list[str] = []
    for place in range(MARKS + 1):
        at = scale.begins + step * place
        x = scale.x(at)
        lines.append(f'<line x1="{x:.1f}" y1="{MARGIN - 8}" x2="{x:.1f}" y2="{y:.0f}" stroke="#e3e6ea"/>')
        lines.append(f'<text x="{x:.1f}" y="{y + 16:.0f}" text-anchor="middle" fill="#667080">{at:%m-%d %H:%M}</text>')
    return lines
