"""Figures as a table in the terminal, as JSON, and as a table between two markers of docs/benchmarks.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measuring.figures import Figure, number
from measuring.machine import ROOT

DOCS = ROOT / "docs" / "benchmarks.md"
RESULTS = ROOT / "benchmarks" / "results"


def line(figure: Figure) -> str:
    met = {None: "", True: "met", False: "NOT MET"}[figure.is_met]
    median = f"{number(figure.median)} {figure.unit}"
    spread = f"best {number(figure.best)}, n={len(figure.values)}"
    return f"{figure.name:<58} {median:>18}   {spread:<24} {figure.said_aim():<10} {met}".rstrip()


def markdown(figures: Sequence[Figure]) -> str:
    rows = ["| what | median | best | n | aim | |", "|---|---:|---:|---:|---:|---|"]
    for one in figures:
        met = {None: "", True: "met", False: "**not met**"}[one.is_met]
        median, best = (f"{number(value)} {one.unit}" for value in (one.median, one.best))
        rows.append(f"| {one.name} | {median} | {best} | {len(one.values)} | {one.said_aim()} | {met} |")
    return "\n".join(rows)


def write_json(file: Path, data: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    print(f"written: {file}")


def write_docs(marker: str, text: str, file: Path = DOCS) -> None:
    """Replace what stands between `<!-- MARKER -->` and `<!-- /MARKER -->`."""
    begin, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    before, found, rest = file.read_text().partition(begin)
    _old, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise ValueError(f"{file} has no place for it: put {begin} and {end} on lines of their own")
    file.write_text(f"{before}{begin}\n{text}\n{end}{after}")
    print(f"written: {file}")
