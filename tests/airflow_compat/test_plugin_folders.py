"""A project with a `plugins` folder beside its DAG folder, as people have it for Airflow 1.10 and 2.x."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tradewind.airflow_compat import plugin_folders
from tradewind.authoring import macros

PLUGIN = """
    from airflow.models import BaseOperator
    from airflow.plugins_manager import AirflowPlugin
    from airflow.sensors.base_sensor_operator import BaseSensorOperator
    from airflow.utils.decorators import apply_defaults
    from era_helpers import shout

    class ShoutOperator(BaseOperator):
        template_fields = ('text',)

        @apply_defaults
        def __init__(self, text, *args, **kwargs):
            super(ShoutOperator, self).__init__(*args, **kwargs)
            self.text = text

        def execute(self, context):
            return shout(self.text)

    class AnySensor(BaseSensorOperator):
        def poke(self, context):
            return True

    class ShoutPlugin(AirflowPlugin):
        name = 'shout_plugin'
        operators = [ShoutOperator]
        sensors = [AnySensor]
        macros = [shout]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, airflow_names: None) -> Iterator[Path]:
    place = tmp_path / "plugins"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))
    before = set(sys.modules)
    yield place
    for name in set(sys.modules) - before:
        if name.startswith(("era_", "plugins")):
            del sys.modules[name]


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__in__", "/__init__").replace("__below__", "/")
        path = path.with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text))
    importlib.invalidate_caches()


def test_operators_sensors_and_macros_of_a_plugin(folder: Path) -> None:
    write(folder, era_plugin=PLUGIN, era_helpers="def shout(text):\n    return text.upper()\n")

    from airflow.operators import ShoutOperator as directly  # pyright: ignore
    from airflow.operators.shout_plugin import ShoutOperator  # pyright: ignore
    from airflow.sensors.shout_plugin import AnySensor  # pyright: ignore
    from era_plugin import ShoutOperator as itself  # pyright: ignore

    assert directly is ShoutOperator is itself
    assert ShoutOperator(task_id="t", text="a").execute({}) == "A"
    assert AnySensor(task_id="s").poke({}) is True
    assert macros.shout_plugin.shout("b") == "B"  # pyright: ignore


def test_the_folder_itself_may_be_the_plugin(folder: Path) -> None:
    """`plugins/__init__.py` with `import operators`, as one well-known course has it."""
    (folder / "era_ops").mkdir()
    (folder / "era_ops" / "__init__.py").write_text("from era_ops.one import One\n")
    (folder / "era_ops" / "one.py").write_text(
        "from airflow.models import BaseOperator\nclass One(BaseOperator): pass\n"
    )
    text = "from airflow.plugins_manager import AirflowPlugin\nimport era_ops\n"
    (folder / "__init__.py").write_text(
        f"{text}class P(AirflowPlugin):\n    name = 'course'\n    operators = [era_ops.One]\n"
    )

    from airflow.operators.course import One  # pyright: ignore

    assert One(task_id="t").task_id == "t"


def test_a_broken_plugin_says_which_one(folder: Path) -> None:
    write(folder, era_broken="from airflow.plugins_manager import AirflowPlugin\nimport not_installed_anywhere\n")

    with pytest.raises(ImportError, match=r"era_broken\.py cannot be imported: .*not_installed_anywhere"):
        importlib.import_module("airflow.operators.some_plugin")


def test_what_no_plugin_has_is_missing_as_before(folder: Path) -> None:
    write(folder, era_plugin=PLUGIN, era_helpers="def shout(text):\n    return text\n")

    assert plugin_folders.find_module("airflow.operators.other") is None
    with pytest.raises(ImportError, match="did you mean 'PythonOperator'"):
        exec("from airflow.operators.python import PythonOperater", {})
    with pytest.raises(AttributeError):
        _ = macros.nothing  # pyright: ignore
