"""Notebooks as tasks, run for real: parameters in, the executed notebook and its result out, also where a cell fails."""

from __future__ import annotations

import nbformat
import pytest

from tradewind.testing import run_dag

DAG_FILE = """
from airflow.sdk import DAG
from tradewind import ml

with DAG("noted", params={"rate": 3}, render_template_as_native_obj=True):
    ml.NotebookOperator(task_id="book", notebook="book.ipynb", parameters={"rate": "{{ params.rate }}"}%s)
"""


@pytest.fixture
def run(tmp_path):
    def write_and_run(last_cell="answer = {'doubled': rate * 2}", arguments=', result="answer"', kernel="python3"):
        cell = nbformat.v4.new_code_cell
        cells = [
            cell("rate = 1", metadata={"tags": ["parameters"]}),
            cell("print('the rate is', rate)"),
            cell(last_cell),
        ]
        spec = {"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}} if kernel else {}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=spec), tmp_path / "book.ipynb")
        (tmp_path / "noted.py").write_text(DAG_FILE % arguments)
        return run_dag(tmp_path / "noted.py")

    return write_and_run


def test_parameters_go_in_and_the_result_and_the_notebook_come_out(run):
    done = run(kernel="one that is not here")

    assert done.state == "success", done.errors
    assert done.value("book") == {"doubled": 6}
    executed = nbformat.reads(done.value("book", "book.ipynb").decode(), as_version=4)
    assert [out.text for one in executed.cells for out in one.get("outputs", ())] == ["the rate is 3\n"]
    assert b"the rate is 3" in done.value("book", "book.html")
    assert "the rate is 3" in done.logs["book", ()]
    assert "kernel 'one that is not here' of the notebook is not here" in done.logs["book", ()]


def test_a_notebook_that_a_program_has_written_need_not_say_its_language(run):
    done = run(kernel=None, arguments=', html=False, result="answer"')

    assert done.state == "success", done.errors
    assert done.value("book") == {"doubled": 6}


def test_a_cell_that_fails_fails_the_task_and_what_was_executed_is_kept(run):
    done = run("raise ValueError('too much')", ", html=False")

    assert done.states["book"] == "failed"
    executed = nbformat.reads(done.value("book", "book.ipynb").decode(), as_version=4)
    number = executed.cells[-1].execution_count  # what a person who opens it looks for
    assert f"cell [{number}] of book.ipynb failed: ValueError: too much" in done.errors["book", ()]
    assert "raise ValueError('too much')" in done.logs["book", ()]
    assert b"too much" in done.value("book", "book.ipynb")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (', kernel_name="fortran"', "there is no Jupyter kernel 'fortran' here"),
        (', cell_timeout_seconds=0.5, result="answer"', "could not be executed"),
    ],
    ids=["kernel", "time limit"],
)
def test_what_stands_in_the_way_is_said(run, arguments, said):
    done = run("import time; time.sleep(60)", arguments)

    assert said in done.errors["book", ()]


def test_a_notebook_that_is_not_there(tmp_path):
    (tmp_path / "noted.py").write_text(DAG_FILE % "")

    done = run_dag(tmp_path / "noted.py")

    assert "there is no notebook" in done.errors["book", ()]
