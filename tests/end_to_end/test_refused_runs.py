"""What could never run is refused before a run is made; odd wishes on the command line are refused in a line."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Ended, Place

EMPTY = "EmptyOperator(task_id='a', {})"
HEAD = "from airflow.operators.empty import EmptyOperator\nfrom tradewind import Param"


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("pool='of_nobody'", ["'a'", "pool 'of_nobody'", "tradewind pools set of_nobody"]),
        ("resources=dict(cpus=4000)", ["'a'", "4000", "hint"]),
        ("resources=dict(memory='900TiB')", ["'a'", "GiB", "hint"]),
        ("resources=dict(gpus=3)", ["'a'", "3", "2", "GPU", "hint"]),
        ("resources=dict(cpu=1)", ["flow.py", "'cpu'", "cpus"]),
        ("resources=dict(memory='much')", ["flow.py", "'much'"]),
    ],
)
def test_a_task_that_could_never_start(place: Place, argument: str, said: list[str]) -> None:
    ended = place.run(place.dag(EMPTY.format(argument), head=HEAD), CUDA_VISIBLE_DEVICES="0,1")

    _refused(place, ended, *said)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--params", '{"rate": 7}'], ["'rate'", "7", "1"]),
        (["-p", "rate=fast"], ["'rate'", "'fast'", "number"]),
        (["--conf", '{"rate": -1}'], ["'rate'", "-1"]),
        ([], ["'must'", "no value", "--params"]),
    ],
)
def test_a_param_that_does_not_fit(place: Place, given: list[str], said: list[str]) -> None:
    params = "params={'rate': Param(0.5, type='number', minimum=0, maximum=1), 'must': Param(type='string')}"
    file = place.dag(EMPTY.format(""), arguments=params, head=HEAD)
    given = [*given, "-p", "must=x"] if given else given

    ended = place.run(file, *given)

    _refused(place, ended, *said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no_such_file.py"], ["no_such_file.py"]),
        (["no_such_dag"], ["no_such_dag"]),
        (["FILE", "--dag-id", "other"], ["other", "flow"]),
        (["FILE", "--task", "b"], ["'b'", "a"]),
        (["FILE", "--task", "a"], ["no run yet"]),
    ],
)
def test_a_target_that_is_not_there(place: Place, arguments: list[str], said: list[str]) -> None:
    file = place.dag(EMPTY.format(""), head=HEAD)

    ended = place.run(*[str(file) if one == "FILE" else one for one in arguments])

    _refused(place, ended, *said)


@pytest.mark.parametrize(
    "arguments",
    [["--params", "{"], ["--params", "[1]"], ["-p", "x"], ["--logical-date", "soon"], ["--parallelism", "0"]],
)
def test_a_wrong_option_is_wrong_usage(place: Place, arguments: list[str]) -> None:
    ended = place.run(place.dag(EMPTY.format(""), head=HEAD), *arguments)

    assert ended.code == 2
    assert "Traceback" not in ended.output


def _refused(place: Place, ended: Ended, *said: str) -> None:
    assert ended.code == 1, ended.output
    ended.has("Error: ", *said)
    assert "Traceback" not in ended.output
    with place.store() as store:
        assert not store.runs()
