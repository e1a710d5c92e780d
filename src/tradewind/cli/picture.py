"""Pictures: a DAG as mermaid, Graphviz dot or SVG, and a finished run as SVG (graph coloured by state, and a Gantt
chart below). Plain text building; the layout is `layout.place`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from tradewind.cli.durations import duration
from tradewind.cli.layout import Placed, place
from tradewind.cli.view import InstanceView, RunView
from tradewind.model.spec import DagSpec
from tradewind.model.states import TaskState

BOX_HEIGHT, ROW_HEIGHT, GAP = 34, 52, 56
DIP = 36
"""How far down the control points are of a line that passes below a box; the line itself goes three quarters of it."""
NEAR_ROWS = 0.5
CHARACTER_WIDTH = 7.2
MARGIN = 24
BAR_HEIGHT, BAR_ROW = 14, 22
GANTT_WIDTH = 560
COLOURS = {
    TaskState.SUCCESS: "#2e9e5b",
    TaskState.FAILED: "#d64545",
    TaskState.UPSTREAM_FAILED: "#e08a3c",
    TaskState.SKIPPED: "#c774b8",
    TaskState.RUNNING: "#3f8fd6",
    TaskState.UP_FOR_RETRY: "#d8b025",
}
NEUTRAL = "#8a94a3"


def mermaid(spec: DagSpec) -> str:
    """The DAG as a mermaid flowchart, groups as subgraphs."""
    lines = ["flowchart LR"]
    for task in spec.tasks:
        lines.append(f'  {_mermaid_id(task.task_id)}["{escape(task.label or task.task_id)}"]')
    for group in spec.groups:
        members = [task.task_id for task in spec.tasks if task.group_id == group.group_id]
        inner = [other.group_id for other in spec.groups if other.parent_id == group.group_id]
        lines.append(f'  subgraph g_{_mermaid_id(group.group_id)}["{escape(group.label or group.group_id)}"]')
        lines += [f"    {_mermaid_id(member)}" for member in members]
        lines += [f"    g_{_mermaid_id(one)}" for one in inner]
        lines.append("  end")
    labels = _edge_labels(spec)
    for upstream, downstream in _edges(spec):
        label = labels.get((upstream, downstream))
        arrow = f"-->|{escape(label)}|" if label else "-->"
        lines.append(f"  {_mermaid_id(upstream)} {arrow} {_mermaid_id(downstream)}")
    return "\n".join(lines) + "\n"


def dot(spec: DagSpec) -> str:
    """The DAG in Graphviz's language."""
    labels = _edge_labels(spec)
    lines = [f"digraph {_quote(spec.dag_id)} {{", "  rankdir=LR;", '  node [shape=box, style="rounded"];']
    lines += [f"  {_quote(task.task_id)} [label={_quote(task.label or task.task_id)}];" for task in spec.tasks]
    for edge in _edges(spec):
        label = f" [label={_quote(labels[edge])}]" if edge in labels else ""
        lines.append(f"  {_quote(edge[0])} -> {_quote(edge[1])}{label};")
    return "\n".join([*lines, "}"]) + "\n"


def svg(spec: DagSpec, view: RunView | None = None) -> str:
    """The DAG as SVG; with a view, coloured by state and with the run's Gantt chart below."""
    places = place({task.task_id: task.upstream for task in spec.tasks})
    columns = _columns(spec, places)
    graph_width = (columns[-1][0] + columns[-1][1] if columns else 0) + MARGIN
    graph_height = (max((spot.row for spot in places.values()), default=0) + 1) * ROW_HEIGHT + 2 * MARGIN
    body = [*_svg_edges(spec, places, columns), *_svg_boxes(spec, places, columns, view)]
    width, height = graph_width, graph_height
    if view is not None:
        chart, chart_width, chart_height = _gantt(view, top=graph_height)
        body += chart
        width, height = max(width, chart_width), graph_height + chart_height
    title = escape(spec.dag_id if view is None else f"{spec.dag_id} · {view.run_id} · {view.state}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="system-ui, sans-serif" font-size="12">\n'
        f"<title>{title}</title>\n"
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<text x="{MARGIN}" y="16" font-weight="600" fill="#333333">{title}</text>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _columns(spec: DagSpec, places: dict[str, Placed]) -> list[tuple[float, float]]:
    """(x, width) of each layer."""
    widths: dict[int, float] = {}
    for task in spec.tasks:
        layer = places[task.task_id].layer
        widths[layer] = max(widths.get(layer, 60.0), len(task.label or task.task_id) * CHARACTER_WIDTH + 28)
    columns: list[tuple[float, float]] = []
    x = float(MARGIN)
    for layer in range(len(widths)):
        columns.append((x, widths[layer]))
        x += widths[layer] + GAP
    return columns


def _y(spot: Placed) -> float:
    return MARGIN + 8 + spot.row * ROW_HEIGHT


def _svg_edges(spec: DagSpec, places: dict[str, Placed], columns: list[tuple[float, float]]) -> list[str]:
    lines: list[str] = []
    labels = _edge_labels(spec)
    for upstream, downstream in _edges(spec):
        start, end = places[upstream], places[downstream]
        x1 = sum(columns[start.layer])
        x2 = columns[end.layer][0]
        y1, y2 = _y(start) + BOX_HEIGHT / 2, _y(end) + BOX_HEIGHT / 2
        bend, dip = (x2 - x1) / 2, DIP if _is_in_the_way(start, end, places) else 0
        if dip:
            bend /= 2  # out of the way early, and back late
        lines.append(
            f'<path d="M{x1:.0f} {y1:.0f} C{x1 + bend:.0f} {y1 + dip:.0f} {x2 - bend:.0f} {y2 + dip:.0f} '
            f'{x2:.0f} {y2:.0f}" '
            'fill="none" stroke="#b6bec9" stroke-width="1.5"/>'
        )
        if label := labels.get((upstream, downstream)):
            lines.append(
                f'<text x="{(x1 + x2) / 2:.0f}" y="{(y1 + y2) / 2 - 4:.0f}" text-anchor="middle" font-size="10" '
                f'fill="#667080">{escape(label)}</text>'
            )
    return lines


def _is_in_the_way(start: Placed, end: Placed, places: dict[str, Placed]) -> bool:
    """Whether a box lies on the straight line between two others. The line then goes below it: behind the box it would
    look as if it ended there."""
    length = end.layer - start.layer
    for spot in places.values() if length > 1 else ():
        if start.layer < spot.layer < end.layer:
            row = start.row + (end.row - start.row) * (spot.layer - start.layer) / length
            if abs(row - spot.row) < NEAR_ROWS:
                return True
    return False


def _svg_boxes(
    spec: DagSpec, places: dict[str, Placed], columns: list[tuple[float, float]], view: RunView | None
) -> list[str]:
    lines: list[str] = []
    for task in spec.tasks:
        spot = places[task.task_id]
        x, width = columns[spot.layer]
        seen = view.tasks[task.task_id] if view else None
        colour = COLOURS.get(seen.state, NEUTRAL) if seen else NEUTRAL
        text = escape(task.label or task.task_id)
        if seen and seen.is_mapped:
            text += f" [{len(seen.instances)}]"
        lines.append(
            f'<rect x="{x:.0f}" y="{_y(spot):.0f}" width="{width:.0f}" height="{BOX_HEIGHT}" rx="7" '
            f'fill="{colour}" fill-opacity="0.12" stroke="{colour}" stroke-width="1.5"/>'
            f'<text x="{x + width / 2:.0f}" y="{_y(spot) + 21:.0f}" text-anchor="middle" fill="#222222">{text}</text>'
        )
    return lines


def _gantt(view: RunView, *, top: float) -> tuple[list[str], float, float]:
    """Bars of all tasks that ran: (lines, width, height)."""
    ran = [(name, task) for name, task in view.tasks.items() if task.newest() is not None]
    end = view.ended_at or max((_last(task.instances.values()) for _, task in ran), default=view.started_at)
    total = max((end - view.started_at).total_seconds(), 1e-6)
    name_width = max((len(name) for name, _ in ran), default=0) * CHARACTER_WIDTH + 16
    lines: list[str] = []
    for row, (name, task) in enumerate(ran):
        y = top + row * BAR_ROW
        lines.append(f'<text x="{MARGIN}" y="{y + 11:.0f}" fill="#333333">{escape(name)}</text>')
        for instance in task.instances.values():
            if instance.started_at is None:
                continue
            left = (instance.started_at - view.started_at).total_seconds() / total * GANTT_WIDTH
            seconds = ((instance.ended_at or end) - instance.started_at).total_seconds()
            lines.append(
                f'<rect x="{MARGIN + name_width + left:.1f}" y="{y:.0f}" '
                f'width="{max(seconds / total * GANTT_WIDTH, 2):.1f}" height="{BAR_HEIGHT}" rx="3" '
                f'fill="{COLOURS.get(instance.state, NEUTRAL)}" fill-opacity="0.75"/>'
            )
        lines.append(
            f'<text x="{MARGIN + name_width + GANTT_WIDTH + 8:.0f}" y="{y + 11:.0f}" fill="#667080">'
            f"{duration(task.seconds(end) or 0)}</text>"
        )
    return lines, MARGIN + name_width + GANTT_WIDTH + 80, len(ran) * BAR_ROW + MARGIN


def _last(instances: Iterable[InstanceView]) -> datetime:
    ends = [one.ended_at or one.started_at for one in instances]
    return max(end for end in ends if end is not None)


def _edges(spec: DagSpec) -> list[tuple[str, str]]:
    return [(parent, task.task_id) for task in spec.tasks for parent in task.upstream]


def _edge_labels(spec: DagSpec) -> dict[tuple[str, str], str]:
    return {(edge.upstream, edge.downstream): edge.label for edge in spec.edge_labels}


def _mermaid_id(name: str) -> str:
    """Unique, and never a word of mermaid's own, such as `end`."""
    return "t_" + "".join(char if char.isalnum() or char == "_" else f"_{ord(char):x}_" for char in name)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
