"""The table against what other people's DAG files and provider packages import."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tradewind.airflow_compat.hook import load
from tradewind.airflow_compat.names import FALLBACK, TABLE

COUNTED = json.loads((Path(__file__).parents[1] / "data" / "airflow_names.json").read_text())

WITHOUT = {
    "airflow.example_dags.": "Airflow's own examples",
}
"""Names of the core that are not here, and why."""

OF_PROVIDERS = "airflow.operators.sqlite_operator"
"""Besides what the table itself sends to provider packages: operators that have no successor of the same arguments."""


def own_targets() -> Iterator[tuple[str, str, str]]:
    for table in (TABLE, FALLBACK):
        for module, names in table.items():
            yield from ((module, name, target) for name, target in names.items() if not target.startswith("airflow."))


def test_every_name_of_the_table_leads_somewhere():
    broken = []
    for module, name, target in own_targets():
        try:
            load(target)
        except (ImportError, AttributeError) as error:
            broken.append(f"{module}:{name} -> {target}: {error}")

    assert broken == []


def test_one_class_per_concept_on_every_path():
    found = {}
    for _, name, target in own_targets():
        kind = load(target)
        if isinstance(kind, type) and kind.__module__.startswith("tradewind") and kind.__name__ == name:
            found.setdefault(name, set()).add(kind)
    assert {name: kinds for name, kinds in found.items() if len(kinds) > 1} == {}


def test_only_the_standard_provider_is_always_ours():
    """Others are found by their files; what the table has of them is asked last."""
    providers = [module for module in TABLE if module.startswith("airflow.providers.")]

    assert [module for module in providers if not module.startswith("airflow.providers.standard")] == []


@pytest.mark.parametrize("era", COUNTED["eras"])
def test_what_dag_files_of_each_era_import(era, airflow_names):
    total = covered = 0
    uncovered = []
    for path, count in COUNTED["eras"][era].items():
        module, _, name = path.partition(":")
        if is_of_a_provider(module, name) or module.startswith(tuple(WITHOUT)):
            continue
        total += count
        if is_there(module, name):
            covered += count
        else:
            uncovered.append((path, count))

    assert covered / total >= 0.99, uncovered
    assert uncovered == []


def test_what_provider_packages_import(airflow_names):
    missing = [
        f"{module}:{name}"
        for module, names in COUNTED["providers"].items()
        for name in names
        if not is_there(module, name)
    ]

    assert missing == []


def test_what_is_left_out_is_still_left_out(airflow_names):
    """A reason that no longer holds is to be struck from the list."""
    for prefix in WITHOUT:
        assert not is_there(prefix.rstrip("."), "(module)"), prefix


def is_of_a_provider(module: str, name: str) -> bool:
    target = TABLE.get(module, {}).get(name, "")
    return target.startswith("airflow.providers.") or module == OF_PROVIDERS


def is_there(module: str, name: str) -> bool:
    try:
        found = importlib.import_module(module)
        if name != "(module)":
            exec(f"from {module} import {name}", {})
        return bool(found)
    except ImportError:
        return False
