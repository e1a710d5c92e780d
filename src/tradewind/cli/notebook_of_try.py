"""A notebook that opens a try: its cells set up what the task had, show its code and run it."""

from __future__ import annotations

import inspect
import json
import textwrap
from pathlib import Path
from typing import Any

from tradewind.cli.trying_again import TriedAgain
from tradewind.model.errors import TradewindError
from tradewind.model.ids import path_to_text
from tradewind.runner.try_runner import Attempt


def write_notebook(again: TriedAgain, attempt: Attempt, file: str) -> Path:
    """Returns where it was written: `file`, or a name of its own in the current folder. Raises TradewindError where one
    is there already."""
    index = f"[{path_to_text(again.map_path)}]" if again.map_path else ""
    place = "".join(f".{one}" for one in again.map_path)  # brackets are a pattern to Jupyter
    target = Path(file or f"{again.task.task_id}{place}.try{again.message.try_number}.ipynb").absolute()
    document = {
        "cells": [*_cells(again, attempt, f"{again.task.task_id}{index}")],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    try:
        with open(target, "x", encoding="utf-8") as stream:
            json.dump(document, stream, indent=1)
    except FileExistsError:
        raise TradewindError(f"{target} is there already", hint="name another: --to FILE") from None
    except OSError as error:
        raise TradewindError(f"{target} cannot be written: {error.strerror}") from error
    return target


def _cells(again: TriedAgain, attempt: Attempt, task: str) -> list[dict[str, Any]]:
    number = again.message.try_number if again.record is not None else None
    arguments = f"{again.run.run_id!r}, {task!r}, {number}, dag_id={again.run.dag_id!r}"
    warnings = "".join(f"\n\n* {one}" for one in again.warnings)
    about = (
        f"# {again.name}\n\nThe try once more, with its code, params, dates and values. Nothing is written to the run."
    )
    set_up = (
        "import os\n"
        f"os.environ['TRADEWIND_HOME'] = {again.home!r}\n"
        "from tradewind.cli.debug import names_of, reopened\n\n"
        f"_opened = reopened({arguments})\n"
        "again, attempt = _opened.__enter__()\n"
        "globals().update(names_of(again, attempt))\n"
        "inputs"
    )
    return [
        _cell("markdown", about + warnings, "about"),
        _cell("code", set_up, "set-up"),
        _cell("code", "params, context['ti']", "context"),
        *_function_cells(attempt),
        _cell("code", "result = run()  # the task as the run had it\nresult", "run"),
    ]


def _function_cells(attempt: Attempt) -> list[dict[str, Any]]:
    """Its source as text to change; calling it uses what was changed."""
    function = getattr(attempt.operator, "python_callable", None)
    if function is None:
        return []
    try:
        source = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return []
    lines = source.splitlines()
    start = next((place for place, line in enumerate(lines) if line.startswith(("def ", "async def "))), 0)
    body = "\n".join(lines[start:])
    is_module_level = "<locals>" not in function.__qualname__
    names = (
        "import sys\n\n"
        f"for name, value in vars(sys.modules[{function.__module__!r}]).items():  # what its module has\n"
        "    globals().setdefault(name, value)\n\n"
    )
    note = "" if is_module_level else "# it was defined inside another function: names of that one are not here\n"
    call = f"# {function.__name__}(**inputs)"
    return [_cell("code", f"{names}{note}{body}\n\n{call}", "function")]


def _cell(kind: str, text: str, name: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}
