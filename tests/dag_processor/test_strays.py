"""DAGs of folders that the settings name no longer."""

from __future__ import annotations

import signal

import msgspec
import pytest

from tests.dag_processor.conftest import PATIENCE_SECONDS, dag_file
from tradewind.model.service import JobKind


@pytest.fixture
def stop():
    def end(process):
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)

    return end


def other_folder(tmp_path):
    folder = tmp_path / "other project" / "dags"
    folder.mkdir(parents=True)
    (folder / "b.py").write_text(dag_file("b"))
    return folder


def test_dags_of_a_folder_that_the_settings_name_no_longer_are_retired(
    dags, tmp_path, store, processor, until, ids, stop
):
    (dags / "a.py").write_text(dag_file("a"))
    (dags / "bad.py").write_text("# airflow dag\nimport not_there")
    first = processor()
    until(lambda: ids() == ["a"] and store.import_errors())
    stop(first)

    second = processor(TRADEWIND_DAGS_FOLDER=str(other_folder(tmp_path)))
    until(lambda: ids() == ["b"] and not store.import_errors())
    assert store.dag("a").retired_at is not None
    stop(second)

    processor()
    until(lambda: ids() == ["a"])


def test_not_those_that_another_dag_processor_may_look_after(dags, tmp_path, store, processor, until, ids, stop):
    (dags / "a.py").write_text(dag_file("a"))
    first = processor()
    until(lambda: ids() == ["a"])
    stop(first)
    (old,) = store.jobs(kind=JobKind.DAG_PROCESSOR)
    store.register_job(msgspec.structs.replace(old, job_id="elsewhere", ended_at=None))

    processor(TRADEWIND_DAGS_FOLDER=str(other_folder(tmp_path)))
    until(lambda: ids() == ["a", "b"])
