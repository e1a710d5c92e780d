"""Turns what went wrong while a DAG file was loaded into the text its author sees, cut to the author's own lines."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from itertools import pairwise
from pathlib import Path

from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model.errors import DagFileError, TradewindError
from tradewind.model.warm import ImportProblem

DISTRIBUTIONS = {
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "git": "GitPython",
    "PIL": "pillow",
    "psycopg2": "psycopg2-binary",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
"""Modules whose distribution has another name."""


class ImportTimeoutError(BaseException):
    """The file took too long to import. No Exception, so that a file's own `except Exception` does not swallow it."""


def problem_from(error: BaseException, files: PinnedFiles, file: str, *, dag_id: str | None = None) -> ImportProblem:
    """`file` is the DAG file; the problem names the innermost line of the user's own code, which may lie elsewhere."""
    where, line = _place(error, files, file)
    return ImportProblem(
        file=where,
        message=_message(error),
        line=line,
        hint=_hint(error, files, file),
        traceback=cut_traceback(error, files),
        dag_id=dag_id,
    )


def cut_traceback(error: BaseException, files: PinnedFiles) -> str:
    """The traceback without frames of libraries and of ours; the error's causes are cut alike. Empty where it would
    only repeat the message and its place."""
    report = traceback.TracebackException.from_exception(error)
    _cut(report, files, set())
    comes_from = report.__cause__ or (None if error.__suppress_context__ else report.__context__)
    if isinstance(error, TradewindError) and comes_from is None and len(report.stack) <= 1:
        return ""
    return "".join(report.format())


def _cut(report: traceback.TracebackException, files: PinnedFiles, seen: set[int]) -> None:
    if id(report) in seen:
        return
    seen.add(id(report))
    report.stack = traceback.StackSummary.from_list([frame for frame in report.stack if files.is_ours(frame.filename)])
    for other in (report.__cause__, report.__context__, *(getattr(report, "exceptions", None) or ())):
        if other is not None:
            _cut(other, files, seen)


def _place(error: BaseException, files: PinnedFiles, file: str) -> tuple[str, int]:
    if isinstance(error, DagFileError) and error.location and error.location.line:
        path = error.location.file
        return (files.relative(path) if os.path.isabs(path) else path), error.location.line
    if isinstance(error, SyntaxError) and error.filename and files.is_ours(error.filename):
        return files.relative(error.filename), error.lineno or 0
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if files.is_ours(frame.filename)]
    if frames:
        return files.relative(frames[-1].filename), frames[-1].lineno or 0
    return file, 0


def _message(error: BaseException) -> str:
    match error:
        case TradewindError():
            return error.message
        case SyntaxError():
            shown = (error.text or "").strip()
            return f"{type(error).__name__}: {error.msg}" + (f": {shown}" if shown else "")
        case SystemExit():
            return f"the file called exit({'' if error.code is None else repr(error.code)}) while it was imported"
        case ImportTimeoutError():
            return str(error)
        case _:
            return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _hint(error: BaseException, files: PinnedFiles, file: str) -> str:
    given = getattr(error, "hint", "")
    if isinstance(given, str) and given:
        return given
    match error:
        case ModuleNotFoundError():
            return _missing_module(error.name or "", error, files, file)
        case SystemExit():
            return 'put what ends the program under `if __name__ == "__main__":`'
        case ImportTimeoutError():
            return "move slow work into a task, or raise dag_import_timeout_seconds"
        case MemoryError():
            return "load data in tasks instead of the top level of the file, or raise dag_import_memory_bytes"
        case OSError(errno=errno.EFBIG):
            return "the file printed, or wrote, more than the import of a DAG file may: do it in a task"
        case TabError() | IndentationError():
            return "indent with spaces alone, four a level"
        case _:
            return ""


def _google_library(name: str, error: BaseException, files: PinnedFiles) -> str:
    """`google` is a folder that many packages share; which one is meant stands in the import itself."""
    lines = [frame.line or "" for frame in traceback.extract_tb(error.__traceback__) if files.is_ours(frame.filename)]
    words = re.findall(r"\w+", f"{lines[-1] if lines else ''} {name.replace('.', ' ')}")
    named = [after for word, after in pairwise(w for w in words if w != "import") if word in ("cloud", "google")]
    product = next((word for word in named if word not in ("cloud", "google")), "")
    if "cloud" in words and product:
        return f"{Path(sys.executable)} -m pip install google-cloud-{product.split('_v')[0].replace('_', '-')}"
    known = {"auth": "google-auth", "oauth2": "google-auth", "protobuf": "protobuf", "api_core": "google-api-core"}
    return f"{Path(sys.executable)} -m pip install {known.get(product, 'google-cloud-<product>')}"


def _missing_module(name: str, error: BaseException, files: PinnedFiles, file: str) -> str:
    top = name.partition(".")[0]
    folder = os.path.dirname(file)
    if folder and any(f"{folder}/{top}{end}" in files.names() for end in (".py", "/__init__.py")):
        package = folder.replace("/", ".")
        return f"modules are found from the DAG folder on: write `from {package} import {top}`"
    if not top or top == "airflow":
        return ""
    if top == "google":
        return _google_library(name, error, files)
    distribution = DISTRIBUTIONS.get(name, DISTRIBUTIONS.get(top, top.replace("_", "-")))
    return f"{Path(sys.executable)} -m pip install {distribution}"
