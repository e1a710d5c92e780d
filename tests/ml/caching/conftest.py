"""A home and a folder of DAG files in which a DAG runs again and again while its files are edited."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tradewind import settings as settings_module
from tradewind.artifacts import ArtifactStore, decode
from tradewind.cli.session import open_session
from tradewind.cli.target import resolve
from tradewind.model.entries import CacheOutcome
from tradewind.model.ids import MapPath, RunKey
from tradewind.model.journal import EntryQuery
from tradewind.model.records import OWN_METRICS
from tradewind.settings import Settings

HEAD = """
from datetime import datetime, timedelta
from airflow.sdk import DAG, dag, task
from tradewind import ml
"""


@dataclass
class Ran:
    """What came of one run."""

    run_id: str
    state: str
    outcomes: Mapping[tuple[str, MapPath], CacheOutcome]
    values: Mapping[tuple[str, str, MapPath], Any]
    why: Mapping[tuple[str, MapPath], str]
    logs: Mapping[tuple[str, MapPath], str] = field(repr=False, default_factory=dict)
    metrics: list[tuple[str, float, int | None]] = field(repr=False, default_factory=list)
    processes: list[tuple[str, int | None]] = field(repr=False, default_factory=list)

    def outcome(self, task_id: str = "t", path: MapPath = ()) -> CacheOutcome:
        return self.outcomes[task_id, path]

    def hits(self) -> set[str]:
        return {task_id for (task_id, _), one in self.outcomes.items() if one.is_hit}

    def pids(self, task_id: str) -> set[int | None]:
        return {pid for name, pid in self.processes if name == task_id}

    def value(self, task_id: str = "t", key: str = "return_value", path: MapPath = ()) -> Any:
        return self.values[task_id, key, path]


class Place:
    def __init__(self, folder: Path) -> None:
        self.dags = folder / "dags"
        self.dags.mkdir()
        self.overrides: dict[str, Any] = {"home": str(folder / "home"), "dags_folder": str(self.dags), "parallelism": 2}

    @property
    def settings(self) -> Settings:
        return settings_module.load({}, overrides=self.overrides, cwd=self.dags)

    def write(self, body: str, name: str = "pipe.py") -> None:
        head = HEAD if name == "pipe.py" else ""
        (self.dags / name).write_text(head + textwrap.dedent(body))

    def edit(self, old: str, new: str, name: str = "pipe.py") -> None:
        text = (self.dags / name).read_text()
        assert old in text, f"{old!r} is not in {name}"
        (self.dags / name).write_text(text.replace(old, new))

    def run(self, **wishes: Any) -> Ran:
        with open_session(self.settings) as session:
            loaded = session.load(resolve(str(self.dags / "pipe.py"), None, self.settings, session.store))
            view = session.launch(loaded, triggered_by="test", **wishes)
            session.run_until_done()
            return _ran(session.store, self.settings, RunKey(view.spec.dag_id, view.run_id))


def _ran(store: Any, settings: Settings, key: RunKey) -> Ran:
    entries = store.entries(EntryQuery("CacheOutcome", dag_id=key.dag_id, run_id=key.run_id, limit=1000))
    artifacts = ArtifactStore(settings.artifact_url)
    return Ran(
        key.run_id,
        str(store.run(key).state),
        {(one.task_id, one.map_path): msgspec.convert(one.body, CacheOutcome) for one in reversed(entries)},
        {(one.task_id, one.key, one.map_path): decode(one.value, artifacts) for one in store.all_xcoms(key)},
        {(one.task_id, one.map_path): one.why for one in store.tasks(key)},
        {(one.task_id, one.map_path): (settings.log_folder / one.log_path).read_text() for one in store.tries(key)},
        [(one.name, one.value, one.step) for one in store.metrics(key) if not one.name.startswith(OWN_METRICS)],
        [(one.task_id, one.pid) for one in store.tries(key)],
    )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)
