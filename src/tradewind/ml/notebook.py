"""Runs a notebook as a task: papermill fills in its parameters; what was executed is kept, as a notebook and as HTML.

Source: https://papermill.readthedocs.io (parameters go into a cell after the one that is tagged `parameters`).
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.operator import BaseOperator
from tradewind.ml import journal
from tradewind.ml.missing import needed
from tradewind.model.entries import NotebookRun
from tradewind.model.values import Value

LIBRARIES = ("papermill", "nbformat", "nbconvert", "jupyter_client")
FALLBACK_KERNEL = "python3"
"""ipykernel's own, in the environment of the task."""


class NotebookOperator(BaseOperator):
    """Executes the notebook `notebook` (a path; a relative one is below the DAG file's folder) with `parameters`.

    Cells' output goes to the log and their number to the task's progress. The executed notebook is kept also where a
    cell fails, which fails the task. `result="name"`: the value of that variable at the end, as JSON, is the task's
    value; else it is the keys of what was kept."""

    template_fields = ("notebook", "parameters")
    template_fields_renderers = {"parameters": "json"}
    ui_color = "#e8f0f7"

    def __init__(
        self,
        *,
        notebook: str | Path,
        parameters: Mapping[str, Any] | None = None,
        kernel_name: str | None = None,
        result: str | None = None,
        html: bool = True,
        cell_timeout_seconds: float | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if result is not None and not result.isidentifier():
            raise AirflowException(f"result has to be the name of a variable of the notebook, not {result!r}")
        self.notebook = str(notebook)
        self.parameters = dict(parameters or {})
        self.kernel_name = kernel_name
        self.result = result
        self.html = html
        self.cell_timeout_seconds = cell_timeout_seconds

    def execute(self, context: Any) -> Any:
        path = self._path(context)
        with (
            TemporaryDirectory(prefix="tradewind-") as folder,
            needed("notebooks", "papermill", "nbformat", "nbconvert"),
        ):
            nbformat = library("nbformat")

            source, executed = Path(folder, "source.ipynb"), Path(folder, path.name)
            source.write_text(nbformat.writes(self._prepared(path)), encoding="utf-8")
            began = time.monotonic()
            failure = self._run(source, executed, path.parent)
            document = nbformat.read(executed, as_version=4) if executed.exists() else None
            if document is None:
                raise failure or AirflowException(f"{path} was not executed")
            value = self._taken_out(document) if failure is None else None
            kept = self._keep(context["ti"], document, path, time.monotonic() - began, failure)
        if failure is not None:
            raise failure
        return kept if self.result is None else value

    def _path(self, context: Any) -> Path:
        path = Path(self.notebook)
        path = path if path.is_absolute() else Path(context["dag"].folder) / path
        if not path.is_file():
            raise AirflowException(
                f"there is no notebook {path}", hint="give its path from the DAG file's folder, or an absolute one"
            )
        return path

    def _prepared(self, path: Path) -> Any:
        nbformat = library("nbformat")

        try:
            document = nbformat.read(path, as_version=4)
        except Exception as error:
            raise AirflowException(f"{path} is no notebook: {error}", hint="save it again with Jupyter") from error
        if self.result is not None:
            document.cells.append(nbformat.v4.new_code_cell(_TAKE_OUT.format(name=self.result), metadata=_TAKEN))
        return document

    def _run(self, source: Path, executed: Path, folder: Path) -> AirflowException | None:
        papermill = library("papermill")
        errors = library("papermill.exceptions")
        limit = self.cell_timeout_seconds
        kernel = self._kernel(source)
        try:
            papermill.execute_notebook(
                source,
                executed,
                parameters=self.parameters,
                kernel_name=kernel,
                language=_language_of(kernel),  # a notebook that a program has written may not say it
                log_output=True,
                cwd=str(folder),
                execution_timeout=None if limit is None else math.ceil(limit),
            )
        except errors.PapermillExecutionError as error:
            self.log.error("%s", _COLOURS.sub("", "\n".join(error.traceback)))
            return CellFailed(error.exec_count, f"{error.ename}: {error.evalue}", self.notebook)
        except (errors.PapermillException, TimeoutError) as error:
            raise AirflowException(f"{self.notebook} could not be executed: {error}") from error
        return None

    def _kernel(self, source: Path) -> str:
        known = library("jupyter_client.kernelspec").KernelSpecManager().find_kernel_specs()
        written_with = library("nbformat").read(source, as_version=4).metadata.get("kernelspec", {})
        wanted: str | None = self.kernel_name or written_with.get("name")
        if wanted is not None and wanted in known:
            return wanted
        if self.kernel_name is not None:
            raise AirflowException(
                f"there is no Jupyter kernel {self.kernel_name!r} here; there are: {', '.join(sorted(known))}",
                hint="install it for this environment: python -m ipykernel install --sys-prefix --name …",
            )
        if wanted is not None:
            self.log.warning("kernel %r of the notebook is not here: %r runs it", wanted, FALLBACK_KERNEL)
        return FALLBACK_KERNEL

    def _taken_out(self, document: Any) -> Any:
        """What the last cell, which is ours, has shown; it is not part of the notebook."""
        cell = document.cells.pop()
        text = "".join(output.get("text", "") for output in cell.outputs if output.get("name") == "stdout")
        return msgspec.json.decode(text.strip().splitlines()[-1]) if text.strip() else None

    def _keep(
        self, ti: Any, document: Any, path: Path, seconds: float, failure: AirflowException | None
    ) -> dict[str, str]:
        nbformat = library("nbformat")

        notebook: Value = ti.keep(path.name, nbformat.writes(document).encode())
        html: Value | None = ti.keep(f"{path.stem}.html", self._as_html(document)) if self.html else None
        kept = {"notebook": path.name, **({"html": f"{path.stem}.html"} if html else {})}
        journal.write(
            NotebookRun(
                executed_artifact=notebook.artifact or "",
                html_artifact=(html.artifact or "") if html else "",
                cells=sum(cell.cell_type == "code" for cell in document.cells),
                seconds=round(seconds, 3),
                failed_cell=failure.cell if isinstance(failure, CellFailed) else None,
            ),
            path.name,
        )
        return kept

    def _as_html(self, document: Any) -> bytes:
        text: str = library("nbconvert").HTMLExporter(embed_images=True).from_notebook_node(document)[0]
        return text.encode()


class CellFailed(AirflowException):
    """A cell of the notebook raised: `cell` is its number in the executed notebook, as Jupyter shows it."""

    def __init__(self, cell: int, error: str, notebook: str) -> None:
        super().__init__(
            f"cell [{cell}] of {notebook} failed: {error}",
            hint="the executed notebook is kept with the task's values; its output is in the log",
        )
        self.cell = cell


def _language_of(kernel: str) -> str:
    language: str = library("jupyter_client.kernelspec").KernelSpecManager().get_kernel_spec(kernel).language
    return language


def library(name: str) -> Any:
    """Heavy, so only where a notebook is run."""
    return import_module(name)


_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_TAKE_OUT = """\
import json as _json
print(_json.dumps({name}, default=lambda found: found.tolist() if hasattr(found, "tolist") else str(found)))
"""
_TAKEN = {"tags": ["tradewind-result"]}
