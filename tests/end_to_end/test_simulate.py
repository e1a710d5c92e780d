"""`tradewind simulate` on a file, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Place


@pytest.fixture
def file(place: Place) -> Path:
    path = place.dag("@task(pool='small')\ndef a(n): ...\na.expand(n=[1, 2, 3])\n", arguments="catchup=False")
    path.write_text(path.read_text().replace("schedule=None", "schedule='0 2 * * *', start_date=datetime(2025, 1, 1)"))
    return path


def test_it_says_what_would_run_and_what_would_wait(place: Place, file: Path) -> None:
    svg = place.folder / "month.svg"

    ended = place.tradewind(
        "simulate", file, "--from", "2026-05-01", "--days", "3", "--pool", "small=1", "--svg", svg, "-o", "json"
    )

    assert ended.code == 0, ended.output
    found = json.loads(ended.output[ended.output.index("{") : ended.output.rindex("}") + 1])
    assert [(dag["dag_id"], dag["runs"], dag["tasks"]) for dag in found["dags"]] == [("flow", 3, 9)]
    assert [(wait["limit"], wait["times"]) for wait in found["waits"]] == [("pool small", 6)]
    assert svg.read_text().startswith("<svg")


def test_it_draws_a_timeline(place: Place, file: Path) -> None:
    ended = place.tradewind("simulate", file, "--from", "2026-05-01", "--days", "3", "--pool", "small=4")

    ended.has("3 runs with 9 tasks", "flow")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--pool", "small"], "write NAME=SLOTS"),
        (["--pool", "small=-2"], "write NAME=SLOTS"),
        ([], "wants pool 'small'"),
        (["--pool", "small=1", "--durations", "nowhere.json"], "there is no file nowhere.json"),
        (["--pool", "small=1", "--from", "soon"], "is no date"),
    ],
)
def test_what_makes_no_sense_is_told(place: Place, file: Path, arguments: list[str], says: str) -> None:
    ended = place.tradewind("simulate", file, *arguments)

    assert ended.code != 0
    ended.has(says)
