"""DAG files run for real in a home that stays until the test ends, so that what runs leave behind can be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tradewind import settings as settings_module
from tradewind.cli.home import opened_store
from tradewind.cli.session import open_session
from tradewind.cli.target import resolve
from tradewind.model.ids import RunKey
from tradewind.model.journal import EntryQuery


class Home:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "flows.py"
        self.settings = settings_module.load({}, overrides={"home": str(folder / "home")}, cwd=folder)

    def write(self, text: str) -> None:
        self.file.write_text(text)

    def run(self, dag_id: str, **params: Any) -> dict[str, str]:
        """Task id → state of a run of this DAG."""
        with open_session(self.settings) as session:
            target = resolve(str(self.file), dag_id, self.settings, session.store)
            view = session.launch(session.load(target), triggered_by="test", params=params)
            session.run_until_done()
            key = RunKey(dag_id, view.run_id)
            return {task.task_id: str(task.state) for task in session.store.tasks(key)}

    @contextmanager
    def store(self) -> Iterator[Any]:
        with opened_store(self.settings) as store:
            yield store

    def entries(self, kind: str, **more: Any) -> list[Any]:
        """Newest first."""
        with self.store() as store:
            return store.entries(EntryQuery(kind, **more))

    def last_error(self, dag_id: str) -> str:
        with self.store() as store:
            (run,) = store.runs(dag_id=dag_id, limit=1)
            tries = store.tries(RunKey(dag_id, run.run_id))
            return "\n".join(one.traceback or one.error or "" for one in tries if one.error)
