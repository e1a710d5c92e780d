"""Which process runs a trigger."""

from __future__ import annotations

import pytest

from tradewind.model.warm import Snapshot
from tradewind.triggerer_service.addressing import is_authors_own

SNAPSHOT = Snapshot(
    "s", "/dags", {"flow.py": "1", "own/triggers.py": "2", "../plugins/extra.py": "3", "x.zip/in.py": "4"}
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("airflow.providers.standard.triggers.file.FileTrigger", False),
        ("tradewind.sensors.triggers.FileTrigger", False),
        ("some_package.triggers.Trigger", False),
        ("tradewind_dag_123_flow.Trigger", True),
        ("flow.Trigger", True),
        ("own.triggers.Trigger", True),
        ("extra.Trigger", True),
        ("in.Trigger", True),
    ],
)
def test_authors_own_classes_have_processes_of_their_own(path: str, expected: bool) -> None:
    assert is_authors_own(path, SNAPSHOT) is expected
