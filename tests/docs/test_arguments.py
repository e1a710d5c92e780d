"""docs/airflow-files.md names every argument that is accepted without effect, and none that does not exist."""

from __future__ import annotations

import inspect
import re

from tests.docs.pages import ROOT
from tradewind.authoring import arguments, compile, dag_arguments
from tradewind.authoring.arguments import BASE_NAMES
from tradewind.authoring.dag import DAG

PAGE = (ROOT / "docs" / "airflow-files.md").read_text(encoding="utf-8")
HAS_EFFECT = {
    *("map_index_template", "trigger_dag_id", "external_dag_id", "external_task_id", "recursion_depth"),
    *("allowed_run_types", "owner_links"),
}
"""In the extra for show of a task or a DAG, though something acts on them."""


def test_what_is_kept_for_show_is_named():
    source = inspect.getsource(compile._dag_extra) + inspect.getsource(compile._task_extra)
    kept = {name.removesuffix("_seconds") for name in re.findall(r'^ +"(\w+)":', source, flags=re.MULTILINE)}
    assert kept - HAS_EFFECT <= _named("DAG") | _named("Task")


def test_what_is_ignored_is_named():
    assert _named("DAG") >= dag_arguments.LEGACY_IGNORED
    assert _named("Task") >= arguments.LEGACY_IGNORED


def test_what_is_named_exists():
    assert _named("DAG") <= set(inspect.signature(DAG).parameters) | dag_arguments.LEGACY_IGNORED
    assert _named("Task") <= BASE_NAMES | arguments.LEGACY_IGNORED | {"deferrable"}


def _named(kind: str) -> set[str]:
    table = PAGE.partition(f"**{kind} arguments**")[2].partition("\n\n**")[0].partition("\nAnything else")[0]
    first = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")][2:]
    return {name for cell in first for name in re.findall(r"`(\w+)", cell)}
