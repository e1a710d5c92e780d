"""A drift report for people: one line, Markdown, or a page of HTML that needs nothing else. Pure."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from tradewind.model.entries import ColumnDrift, DriftReport

NAMED = 5
STATISTICS = ("psi", "ks", "chi2", "wasserstein", "jensen_shannon", "roc_auc")
HEAD = ("column", *STATISTICS, "missing", "p", "corrected", "drifted", "")
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c2733; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #dde3ea; }
tr.drifted td { background: #fdf0e6; }
img { max-width: 100%; }
@media (prefers-color-scheme: dark) { body { background: #14191f; color: #e3e8ee; }
  th, td { border-color: #34404d; } tr.drifted td { background: #40301f; } }
"""


def headline(report: DriftReport) -> str:
    """What came of it, in a sentence or two."""
    own = [one for one in report.columns if one.kind != "all"]
    drifted = [one.column for one in own if one.drifted]
    whole = next((one for one in report.columns if one.kind == "all"), None)
    more = f" and {len(drifted) - NAMED} more" if len(drifted) > NAMED else ""
    said = f"{len(drifted)} of {len(own)} columns drifted"
    said += f": {', '.join(drifted[:NAMED])}{more}" if drifted else ""
    if whole is not None and whole.statistics.get("roc_auc") is not None:
        word = "tells" if whole.drifted else "does not tell"
        said += f"; a classifier {word} the new rows (ROC AUC {whole.statistics['roc_auc']:.3f})"
    if report.held_why:
        said += f". Nothing was triggered: {report.held_why}"
    return said + ("; drift was not found" if not report.drifted else "")


def markdown_of(report: DriftReport, name: str) -> str:
    lines = [
        f"# Drift of {name or 'the data'}",
        "",
        f"**{'Drifted' if report.drifted else 'No drift'}**: {headline(report)}.",
        "",
        f"{_rows(report)}; p-values are corrected by {report.correction}.",
        "",
        f"| {' | '.join(HEAD)} |",
        f"| {' | '.join('---' for _ in HEAD)} |",
        *(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in _cells(one))} |" for one in in_order(report)),
        "",
    ]
    return "\n".join(lines)


def html_of(report: DriftReport, name: str, picture: bytes = b"") -> str:
    """Everything that a frame has put in, column names too, is escaped."""
    title = f"Drift of {escape(name or 'the data')}"
    head = "".join(f"<th>{word}</th>" for word in HEAD)
    rows = "\n".join(f'<tr class="{"drifted" if one.drifted else "same"}">{_row(one)}</tr>' for one in in_order(report))
    image = f'<img alt="" src="data:image/png;base64,{base64.b64encode(picture).decode()}">' if picture else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head>
<body><h1>{title}</h1>
<p><strong>{"Drifted" if report.drifted else "No drift"}</strong>: {escape(headline(report))}.</p>
<p>{escape(_rows(report))}; p-values are corrected by {escape(report.correction)}.</p>
{image}
<table><thead><tr>{head}</tr></thead><tbody>
{rows}
</tbody></table></body></html>
"""


def _row(one: ColumnDrift) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in _cells(one))


def in_order(report: DriftReport) -> Sequence[ColumnDrift]:
    """What drifted first, the strongest first."""
    return sorted(report.columns, key=lambda one: (not one.drifted, -strength(one), one.column))


def strength(column: ColumnDrift) -> float:
    return column.statistics.get("psi") or column.statistics.get("roc_auc") or 0.0


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if value == 0 or abs(value) >= 0.001 else f"{value:.0e}"


def _rows(report: DriftReport) -> str:
    sampled = f" ({report.sampled_rows:,} of them looked at)" if report.sampled_rows else ""
    return f"{report.current_rows:,} rows, compared with {report.reference_rows:,}{sampled}"


def _cells(one: ColumnDrift) -> list[str]:
    before, now = one.nulls
    missing = f"{before:.1%} → {now:.1%}" if before or now else ""
    figures = [number(one.statistics.get(name)) for name in STATISTICS]
    word = "yes" if one.drifted else ""
    return [one.column, *figures, missing, number(one.p_value), number(one.p_adjusted), word, one.reason]
