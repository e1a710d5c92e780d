import pytest

from tradewind.authoring.era import has_datasets, is_for_airflow_1
from tradewind.authoring.template_errors import TemplateError
from tradewind.authoring.templates import TemplateEnvironment, render

OLD = "from airflow.operators.bash_operator import BashOperator\n"


@pytest.mark.parametrize(
    ("text", "is_old"),
    [
        (OLD, True),
        ("import airflow.contrib.hooks.fs_hook\n", True),
        ("    from airflow.operators.sensors import S3KeySensor\n", True),
        ("from airflow.operators.bash import BashOperator\n", False),
        (f"{OLD}from airflow.decorators import task\n", False),
        (f"{OLD}from airflow.providers.http.hooks.http import HttpHook\n", False),
        ("from airflow import DAG\n", False),
        ("", False),
    ],
)
def test_the_era_of_a_file_shows_in_its_imports(tmp_path, text, is_old):
    file = tmp_path / "dag.py"
    file.write_text(text)

    assert is_for_airflow_1(str(file)) is is_old


@pytest.mark.parametrize("template", ["a{{ params.gone }}b", "a{{ dag_run.conf['x'] }}b"])
def test_what_is_not_there_is_empty_in_files_for_airflow_1(tmp_path, template, caplog):
    (old := tmp_path / "old.py").write_text(OLD)
    (new := tmp_path / "new.py").write_text("from airflow.sdk import DAG\n")
    context = {"params": {}, "dag_run": {"conf": {}}}

    assert render(template, context, TemplateEnvironment(file=str(old))) == "ab"
    assert "as in Airflow 1.10" in caplog.text
    with pytest.raises(TemplateError, match="has no attribute"):
        render(template, context, TemplateEnvironment(file=str(new)))


@pytest.mark.parametrize(
    ("imports", "expected"),
    [
        ("from airflow.datasets import Dataset", True),
        ("from airflow import DAG, Dataset", True),
        ("from airflow.timetables.datasets import DatasetOrTimeSchedule", True),
        ("from airflow.sdk import Asset, dag", False),
        ("from airflow.sdk import Asset as Dataset\nfrom airflow.datasets import Dataset", False),
        ("from tradewind import Asset", False),
        ("from airflow import DAG", False),
    ],
)
def test_files_that_say_dataset_have_dates_on_runs_of_assets(tmp_path, imports, expected):
    file = tmp_path / "dag.py"
    file.write_text(f"{imports}\n")

    assert has_datasets(str(file)) is expected
