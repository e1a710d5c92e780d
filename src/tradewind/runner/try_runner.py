"""One try from its message to its report: a straight line of named steps over one record."""

from __future__ import annotations

from tradewind.authoring.ports import Supervisor
from tradewind.dagfiles.load import LoadedFile
from tradewind.model.messages import RunTry, TryReport


def run_try(message: RunTry, dag_file: LoadedFile, connection: Supervisor) -> TryReport:
    """Run one task instance once. Never raises for what user code does: that is the report's outcome. `connection` has
    `.ask(request) -> result` and `.tell(notice)` (see `supervisor.SocketSupervisor`); the caller sends the report."""
    raise NotImplementedError
