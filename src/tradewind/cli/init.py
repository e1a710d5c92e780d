"""`tradewind init`: a starter project that runs and whose test passes."""

from __future__ import annotations

from pathlib import Path

import click

from tradewind.model.errors import ConfigurationError

DAG = '''"""A first pipeline: make data, train, judge. Run it: `tradewind run dags/first_model.py`."""

from datetime import timedelta
from random import Random

from tradewind import Param, dag, log_metric, task


@dag(
    schedule="@daily",
    default_args={"retries": 1, "retry_delay": timedelta(seconds=10)},
    params={"rows": Param(1000, type="integer", minimum=10), "needed": Param(0.5, type="number")},
    tags=["example"],
)
def first_model():
    @task
    def load(params: dict) -> list[tuple[float, float]]:
        noise = Random(0)
        xs = [x / params["rows"] for x in range(params["rows"])]
        return [(x, 2.0 * x + 1.0 + noise.gauss(0, 0.1)) for x in xs]

    @task
    def train(rows: list) -> dict:
        n = len(rows)
        mean_x, mean_y = sum(x for x, _ in rows) / n, sum(y for _, y in rows) / n
        slope = sum((x - mean_x) * (y - mean_y) for x, y in rows) / sum((x - mean_x) ** 2 for x, _ in rows)
        return {"slope": slope, "intercept": mean_y - slope * mean_x}

    @task
    def evaluate(model: dict, rows: list) -> float:
        error = sum((y - model["slope"] * x - model["intercept"]) ** 2 for x, y in rows) / len(rows)
        log_metric("mean_squared_error", error)
        return error

    @task.short_circuit
    def gate(error: float, params: dict) -> bool:
        return error < params["needed"]

    @task
    def deploy(model: dict) -> None:
        print(f"y = {model['slope']:.3f} x + {model['intercept']:.3f}")

    rows = load()
    model = train(rows)
    gate(evaluate(model, rows)) >> deploy(model)


first_model()
'''

TEST = '''"""Every DAG file loads, and the first pipeline runs. Airflow's names work in tests too."""

from pathlib import Path

import pytest

from tradewind.testing import load_dags, run_dag

DAGS = Path(__file__).parent.parent / "dags"


@pytest.mark.parametrize("file", sorted(DAGS.glob("*.py")), ids=lambda file: file.stem)
def test_every_file_loads(file):
    assert load_dags(file)


def test_first_model_learns_the_line():
    run = run_dag(DAGS / "first_model.py", params={"rows": 50})
    assert run.state == "success"
    assert run.value("train")["slope"] == pytest.approx(2.0, abs=0.5)
'''

README = """# {name}

    tradewind run dags/first_model.py          # run it, watch it
    tradewind run dags/first_model.py -p rows=100
    pytest                                     # test it
    tradewind up                               # leave it running: on schedule, with its pages in the browser

DAG files live in `dags/`, in Airflow's language; an existing Airflow file works there unmodified.
`tradewind dags show first_model` draws the graph, `tradewind runs list` shows what ran.
"""

TOML = """# Settings of this project; see `tradewind config list`.
dags_folder = "dags"
"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def init(folder: Path) -> None:
    """Write a starter project into FOLDER: a DAG, a test, a README, settings. Nothing is overwritten."""
    files = {
        "dags/first_model.py": DAG,
        "tests/test_dags.py": TEST,
        "README.md": README.format(name=folder.absolute().name),
        "tradewind.toml": TOML,
    }
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise ConfigurationError(
            f"{folder} already has {', '.join(taken)}", hint="choose an empty folder, or move these away"
        )
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        click.echo(f"wrote {path}")
    click.echo(f"\nnow: tradewind run {folder / 'dags/first_model.py'}")
