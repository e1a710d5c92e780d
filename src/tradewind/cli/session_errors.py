"""What to say of a DAG file that does not give the DAG that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tradewind.model.errors import DagFileError, NotFoundError, SourceLocation, TradewindError
from tradewind.model.warm import FileLoaded, ImportProblem


def refused_file(loaded: FileLoaded, root: Path, file: str, dag_id: str | None) -> TradewindError:
    """For a file that was parsed and lacks the DAG."""
    if loaded.specs and not any(problem.dag_id in (None, dag_id) for problem in loaded.problems):
        names = ", ".join(sorted(spec.dag_id for spec in loaded.specs))
        return NotFoundError(f"{file} has no DAG {dag_id!r}", hint=f"it has {names}")
    return refused(loaded.problems, str(root), file)


def refused(problems: Sequence[ImportProblem], root: str, file: str) -> DagFileError:
    """The problems of a file as one error, or that it has no DAG at all."""
    if not problems:
        return DagFileError(
            "the file makes no DAG",
            location=SourceLocation(f"{root}/{file}"),
            hint="a DAG must be at the top level of the file; a @dag function must be called",
        )
    first, *others = problems
    text = f"{first.message}\n{first.traceback}".rstrip() if first.traceback else first.message
    more = "".join(f"\n{one.file}:{one.line}: {one.message}" for one in others)
    where = SourceLocation(str(Path(root) / first.file), first.line)
    return DagFileError(text + more, location=where, hint=first.hint)
