import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tradewind.airflow_compat import hook, pth
from tradewind.authoring.dag import DAG

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
SOURCE = str(Path(hook.__file__).parents[2])


@pytest.fixture
def providers_folder(tmp_path, monkeypatch, airflow_names):
    """A place on sys.path where provider packages are installed: one named `acme`."""
    folder = tmp_path / "site"
    package = folder / "airflow" / "providers" / "acme"
    (package / "hooks").mkdir(parents=True)
    (package / "__init__.py").write_text("__version__ = '1.0'\n")
    (package / "hooks" / "__init__.py").touch()
    (package / "hooks" / "acme.py").write_text("from airflow.sdk import BaseHook\nclass AcmeHook(BaseHook): pass\n")
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_one_class_whatever_the_path(airflow_names):
    from airflow import DAG as first
    from airflow.models import DAG as second
    from airflow.models.dag import DAG as third
    from airflow.sdk import DAG as fourth

    assert first is second is third is fourth is DAG


def test_the_version_is_a_3_3(airflow_names):
    import airflow
    from airflow.version import version

    assert airflow.__version__ == version
    assert version.startswith("3.3.")


def test_submodules_are_there_once_airflow_is(airflow_names):
    import airflow

    assert airflow.utils.dates.days_ago
    assert airflow.models.variable.Variable is airflow.models.Variable


def test_a_function_named_like_a_module_stays_the_function(airflow_names):
    importlib.import_module("airflow.decorators.task_group")
    from airflow.decorators import task_group

    assert callable(task_group)


def test_star_imports(airflow_names):
    namespace = {}

    exec("from airflow.operators.python_operator import *", namespace)

    assert "PythonOperator" in namespace


@pytest.mark.parametrize(
    ("statement", "advice"),
    [
        ("from airflow.operators.python import PythonOperater", "did you mean 'PythonOperator'"),
        ("from airflow.utils import dats", "did you mean 'dates'"),
        ("import airflow.operators.pythom", "did you mean 'python'"),
        ("from airflow.models import TaskGroup", "import it from airflow.sdk"),
        ("from airflow.operators.papermill_operator import X", "apache-airflow-providers-papermill"),
        ("from airflow.providers.apache.hive.operators.hive import X", "apache-airflow-providers-apache-hive"),
        ("from airflow.contrib.hooks.mongo_hook import MongoHook", "apache-airflow-providers-mongo"),
        ("from airflow.operators.postgres_operator import PostgresOperator", "apache-airflow-providers-postgres"),
        ("from airflow.contrib.operators.gcs_to_bq import X", "apache-airflow-providers-google"),
        ("from airflow.contrib.operators.unheard_of import X", "went into provider packages"),
        ("from airflow.hooks.S3_hook import S3Hook", "apache-airflow-providers-amazon"),
        ("import airflow.providers.dbt.cloud.hooks", "apache-airflow-providers-dbt-cloud"),
        ("from airflow.providers.trino.hooks.trino import TrinoHook", "apache-airflow-providers-trino"),
        (
            "from airflow.providers.cncf.kubernetes.operators.kubernetes_pod import KubernetesPodOperator",
            "apache-airflow-providers-cncf-kubernetes",
        ),
        ("from airflow.www.app import create_app", "Airflow's own services"),
    ],
)
def test_what_is_missing_says_what_to_use(airflow_names, statement, advice):
    with pytest.raises(ImportError) as raised:
        exec(statement, {})

    assert advice in str(raised.value)


def test_a_missing_attribute_is_an_attribute_error(airflow_names):
    import airflow.utils.state

    assert not hasattr(airflow.utils.state, "Sate")
    with pytest.raises(AttributeError, match="did you mean 'State'"):
        airflow.utils.state.Sate


def test_tables_of_the_database_may_be_named_but_not_used(airflow_names):
    from airflow.models import Log, TaskFail
    from airflow.settings import Session
    from airflow.utils.session import provide_session

    assert "Log.dttm" in repr(Log.dttm)
    assert provide_session(lambda session=None: TaskFail.execution_date)()
    with pytest.raises(Exception, match="does not exist under Tradewind"):
        Session()


def test_installed_providers_are_found_by_their_files(providers_folder):
    from airflow.providers.acme.hooks.acme import AcmeHook
    from airflow.sdk import BaseHook

    assert issubclass(AcmeHook, BaseHook)


def test_a_module_that_an_installed_provider_does_not_have(providers_folder):
    with pytest.raises(
        ImportError, match=r"installed package 'airflow.providers.acme.hooks' has no module .* did you mean 'acme'"
    ):
        importlib.import_module("airflow.providers.acme.hooks.acne")


def test_a_providers_own_files_come_before_our_fallbacks(providers_folder):
    compat = providers_folder / "airflow" / "providers" / "common" / "compat"
    compat.mkdir(parents=True)
    (compat / "__init__.py").touch()
    (compat / "sdk.py").write_text("mark = 1\n")
    importlib.invalidate_caches()

    assert importlib.import_module("airflow.providers.common.compat.sdk").mark == 1


def test_without_the_provider_its_core_names_are_here(airflow_names):
    from airflow.providers.common.compat.sdk import BaseOperator, TriggerRule

    assert (BaseOperator.__name__, TriggerRule.ALL_DONE.value) == ("BaseOperator", "all_done")


def test_the_standard_provider_is_ours_even_where_one_is_installed(providers_folder):
    theirs = providers_folder / "airflow" / "providers" / "standard" / "operators"
    theirs.mkdir(parents=True)
    (theirs / "empty.py").write_text("class EmptyOperator: pass\n")
    importlib.invalidate_caches()
    from airflow.providers.standard.operators.empty import EmptyOperator

    assert EmptyOperator.__module__.startswith("tradewind.")


def test_a_real_airflow_is_shadowed(providers_folder, monkeypatch):
    (providers_folder / "airflow" / "__init__.py").write_text("__version__ = '2.0.0'\n")
    hook.uninstall()
    assert importlib.import_module("airflow").__version__ == "2.0.0"

    hook.install()

    assert importlib.import_module("airflow").__version__.startswith("3.3.")
    assert importlib.import_module("airflow.providers.acme").__version__ == "1.0"


def test_installing_twice_changes_nothing(airflow_names):
    before = list(sys.meta_path)

    hook.install()

    assert sys.meta_path == before


def test_other_imports_load_nothing_of_ours():
    code = "import sys; from tradewind.airflow_compat import hook; hook.install(); import json, csv, wave\n"
    code += "print([m for m in sys.modules if m.startswith('tradewind.') and 'airflow_compat' not in m])"

    assert run_python("-c", code) == "[]"


def test_a_switch_in_site_packages(tmp_path):
    (tmp_path / "site").mkdir()
    code = "import sys; print(any(m.startswith('tradewind') for m in sys.modules)); from airflow import DAG; print(DAG)"
    start = f"import site; site.addsitedir({str(tmp_path / 'site')!r}); "

    pth.turn_on(tmp_path / "site")
    assert pth.is_on(tmp_path / "site")
    assert run_python("-c", start + code) == "False\n<class 'tradewind.authoring.dag.DAG'>"

    assert pth.turn_off(tmp_path / "site") is True
    assert pth.turn_off(tmp_path / "site") is False
    assert [path for path in (tmp_path / "site").rglob("*") if path.is_file()] == []


def test_a_file_run_as_a_script(tmp_path):
    (tmp_path / "helper.py").write_text("NAME = 'from beside'\n")
    file = tmp_path / "my dag.py"
    file.write_text(
        "import sys\nfrom airflow import DAG\nfrom helper import NAME\nprint(NAME, sys.argv[1:], __name__)\n"
    )

    assert run_python("-m", "tradewind.airflow_compat", str(file), "x") == "from beside ['x'] __main__"


def test_pytest_of_a_dag_file(tmp_path):
    test = tmp_path / "test_dag.py"
    test.write_text(
        "from airflow.models import DagBag\n"
        "def test_dags(tmp_path):\n"
        "    (tmp_path / 'd.py').write_text('from airflow import DAG\\ndag = DAG(\"d\", schedule=None)\\n')\n"
        "    bag = DagBag(tmp_path, include_examples=False)\n"
        "    assert not bag.import_errors and bag.dag_ids == ['d']\n"
    )

    shown = run_python("-m", "pytest", "-q", "-p", "tradewind.airflow_compat.pytest_plugin", str(test), cwd=tmp_path)

    assert "1 passed" in shown


def run_python(*arguments: str, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**ENVIRONMENT, "PYTHONPATH": SOURCE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()
