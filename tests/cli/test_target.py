"""Which file is meant by a DAG's id that nobody has parsed yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind import settings as settings_module
from tradewind.cli.home import opened_store
from tradewind.cli.target import resolve
from tradewind.model.errors import NotFoundError

FILES = {
    "a.py": "from airflow.sdk import dag, task  # has 'rt' in import, and report\n@dag()\ndef other(): ...\n",
    "b.py": "from airflow.sdk import DAG\nDAG('report', description='not rt at all')\n",
    "c.py": "from airflow.sdk import dag\n@dag(schedule=None)\ndef rt(): ...\n",
    "d.py": "from airflow.sdk import DAG\nfor name in ['made_x', 'made_y']:\n    DAG(name)\n",
}


@pytest.mark.parametrize(
    ("dag_id", "file"), [("rt", "c.py"), ("report", "b.py"), ("other", "a.py"), ("made_y", "d.py"), ("made_", "d.py")]
)
def test_the_file_that_names_it_most_surely_is_taken(tmp_path: Path, dag_id: str, file: str) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    found = settings_module.load({}, overrides={"home": str(tmp_path / "home"), "dags_folder": str(tmp_path)})
    with opened_store(found) as store:
        assert resolve(dag_id, None, found, store).file == file
        with pytest.raises(NotFoundError, match="there is no DAG 'nowhere'"):
            resolve("nowhere", None, found, store)
