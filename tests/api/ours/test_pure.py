"""Critical paths, advice, folded cells, thinned curves, cursors: what decides nothing but what is shown."""

from __future__ import annotations

import json
import math
import signal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import tradewind
from tradewind.api.live.cursor import Cursor, parsed
from tradewind.api.ours.advice import Evidence, advice, location_of, signal_name
from tradewind.api.ours.critical_path import critical_path, ended_last
from tradewind.api.ours.differing import differences
from tradewind.api.ours.expected import expected_instances
from tradewind.api.ours.folding import folded_cells, worst
from tradewind.api.ours.masking import masked_text
from tradewind.api.ours.nodes import graph_edges, grid_nodes
from tradewind.api.ours.plain import plain
from tradewind.api.ours.thinning import thinned
from tradewind.model.spec import DagSpec, EdgeLabel, Expansion, GroupSpec, Literals, TaskSpec, XComInput
from tradewind.store.facets.views import Cell

# ------------------------------------------------------------------------------------------ critical path

DIAMOND = {"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c")}


@pytest.mark.parametrize(
    ("seconds", "path"),
    [
        ({"a": 1, "b": 5, "c": 2, "d": 1}, ["a", "b", "d"]),
        ({"a": 1, "b": 1, "c": 2, "d": 1}, ["a", "c", "d"]),
        ({"b": 9}, ["a", "b"]),
        ({}, []),
    ],
    ids=["through b", "through c", "only b was timed", "nothing was"],
)
def test_the_longest_way(seconds: dict[str, float], path: list[str]) -> None:
    assert critical_path(DIAMOND, seconds)[: len(path)] == path


def test_the_way_that_a_run_waited_for() -> None:
    assert ended_last(DIAMOND, {"a": 1.0, "b": 2.0, "c": 7.0, "d": 8.0}) == ["a", "c", "d"]


def test_the_way_leads_through_tasks_that_nothing_runs() -> None:
    chain = {"a": (), "gate": ("a",), "b": ("gate",), "end": ("b",)}
    assert ended_last(chain, {"a": 1.0, "b": 2.0}) == ["a", "gate", "b"]
    assert ended_last(chain, {}) == []


def test_a_chain_longer_than_pythons_stack() -> None:
    chain = {f"t{i}": (f"t{i - 1}",) if i else () for i in range(5_000)}
    assert len(critical_path(chain, dict.fromkeys(chain, 1.0))) == 5_000


# ------------------------------------------------------------------------------------------ advice


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Evidence(state="lost", signal=signal.SIGKILL, max_rss_bytes=7 << 30, machine_bytes=8 << 30), "out-of-memory"),
        (Evidence(state="lost", signal=signal.SIGKILL), "SIGKILL"),
        (Evidence(state="lost", exit_code=137), "SIGKILL"),
        (Evidence(state="lost", signal=signal.SIGSEGV), "SIGSEGV"),
        (Evidence(state="lost", signal=signal.SIGTERM), "SIGTERM"),
        (Evidence(error_type="ModuleNotFoundError", error="No module named 'x'"), "not installed"),
        (Evidence(error_type="torch.OutOfMemoryError", error="CUDA out of memory."), "GPU"),
        (Evidence(error_type="MemoryError"), "memory"),
        (Evidence(error_type="AirflowTaskTimeout", error="timed out"), "execution_timeout"),
        (Evidence(error_type="requests.ConnectionError"), "could not be reached"),
        (Evidence(error_type="OSError", error="[Errno 28] No space left on device"), "disk is full"),
        (Evidence(state="lost", exit_code=3), "exit code of its own"),
        (Evidence(state="lost"), "Nobody saw it end"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_to_try(found: Evidence, says: str) -> None:
    assert says in " ".join(advice(found))


def test_an_ordinary_error_needs_no_advice() -> None:
    assert advice(Evidence(error_type="ValueError", error="the folds do not fit")) == []


@pytest.mark.parametrize(
    ("number", "name"), [(None, ""), (9, "SIGKILL"), (250, "signal 250")], ids=["none", "known", "unknown"]
)
def test_names_of_signals(number: int | None, name: str) -> None:
    assert signal_name(number) == name


def test_where_a_failure_is() -> None:
    assert (
        location_of('Traceback:\n  File "/dags/a.py", line 3, in f\n  File "/dags/b.py", line 9, in g\n')
        == "/dags/b.py:9"
    )
    assert location_of("") == ""


PACKAGE = Path(tradewind.__file__).parent
FRAMES = [
    ('  File "/dags/a.py", line 7, in f\n  File "/v/site-packages/pandas/a.py", line 3, in g\n', "/dags/a.py:7"),
    (f'  File "{PACKAGE}/operators/bash.py", line 64, in execute\n', ""),
    (
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n"
        '  File "/usr/lib/python3.11/ctypes/__init__.py", line 519 in string_at\n  File "/dags/a.py", line 15 in crash\n'
        f'  File "{PACKAGE}/runner/child.py", line 92 in serve\n  File "<string>", line 1 in <module>\n',
        "/dags/a.py:15",
    ),
]


@pytest.mark.parametrize(("traceback", "place"), FRAMES, ids=["library", "ours", "native"])
def test_a_failure_is_where_the_authors_own_code_was(traceback: str, place: str) -> None:
    assert location_of(traceback) == place


def test_a_limit_on_memory_is_told_from_the_kernels() -> None:
    said = " ".join(advice(Evidence(error_type="MemoryLimitExceeded", signal=signal.SIGKILL, asked_bytes=1)))
    assert "declared" in said
    assert "dmesg" not in said


# ------------------------------------------------------------------------------------------ cells


def test_groups_and_mapped_tasks_show_the_worst_of_what_is_below() -> None:
    cells = [
        Cell(1, "g.a", "success", 1, False, 1_000_000, 2_000_000, 1),
        Cell(1, "g.b", "success", 2, True, 1_000_000, 3_000_000, 1),
        Cell(1, "g.b", "failed", 1, True, 1_000_000, 5_000_000, 2),
        Cell(1, "c", "running", 1, False, 4_000_000, None, 1),
    ]
    found = json.loads(folded_cells(cells, {"g.a": ("g",), "g.b": ("g",), "c": ()})[1].as_json())
    assert found["g.a"] == {
        "state": "success",
        "started_at": "1970-01-01T00:00:01.000000Z",
        "ended_at": "1970-01-01T00:00:02.000000Z",
        "try_number": 1,
    }
    assert (found["g.b"]["state"], found["g.b"]["counts"]) == ("failed", {"success": 2, "failed": 1})
    assert (found["g"]["state"], found["g"]["counts"]) == ("failed", {"success": 3, "failed": 1})
    assert "ended_at" not in found["c"]


def test_what_was_not_run_is_told_where_nothing_of_it_was() -> None:
    cells = [
        Cell(1, "a", "success", 1, False, None, None, 1, 1),
        Cell(1, "g.b", "success", 3, True, None, None, 1, 3),
        Cell(1, "g.c", "success", 2, True, None, None, 1, 1),
        Cell(1, "d", "success", 1, False, None, None, 1),
    ]
    found = json.loads(folded_cells(cells, {"g.b": ("g",), "g.c": ("g",)})[1].as_json())
    assert {name: cell.get("reused", False) for name, cell in found.items()} == {
        "a": True, "g.b": True, "g.c": False, "g": False, "d": False,
    }  # fmt: skip


def test_instances_that_were_not_counted_are_folded_as_well() -> None:
    cells = [Cell(1, "a", "success", 1, True, None, None, 1), Cell(1, "a", "success", 1, True, None, None, 1)]
    assert json.loads(folded_cells(cells, {})[1].as_json())["a"]["counts"] == {"success": 2}


def test_names_are_escaped() -> None:
    nasty = 'a"},"x":{'
    assert list(json.loads(folded_cells([Cell(1, nasty, "success", 1, False, None, None, 0)], {})[1].as_json())) == [
        nasty
    ]


def test_nothing_is_worst_of_nothing() -> None:
    assert worst([]) == "none"


# ------------------------------------------------------------------------------------------ nodes

SPEC = DagSpec(
    dag_id="d",
    tasks=(
        TaskSpec("a", "@task"),
        TaskSpec("g.b", "@task", upstream=("a",), group_id="g", inputs=(XComInput("a"),)),
        TaskSpec("g.h.c", "@task", upstream=("g.b",), group_id="g.h"),
        TaskSpec("z", "@task", upstream=("g.h.c",)),
    ),
    groups=(GroupSpec("g"), GroupSpec("g.h", "g")),
    edge_labels=(EdgeLabel("g.h.c", "z", "when done"),),
)


def test_nodes_are_depth_first() -> None:
    found = [(node.id, node.label, node.depth, node.children) for node in grid_nodes(SPEC)]
    assert found == [
        ("a", "a", 0, 0),
        ("g", "g", 0, 3),
        ("g.b", "b", 1, 0),
        ("g.h", "h", 1, 1),
        ("g.h.c", "c", 2, 0),
        ("z", "z", 0, 0),
    ]


BACKWARDS = DagSpec(
    dag_id="d",
    tasks=(
        TaskSpec("publish", "@task", upstream=("models.test",)),
        TaskSpec("models.test", "@task", upstream=("models.fit",), group_id="models"),
        TaskSpec("models.fit", "@task", upstream=("read",), group_id="models"),
        TaskSpec("aside", "@task"),
        TaskSpec("read", "@task"),
    ),
    groups=(GroupSpec("models", expansion=Expansion((("model", Literals(3)),))),),
)


def test_neighbours_come_after_what_they_wait_for() -> None:
    assert [node.id for node in grid_nodes(BACKWARDS)] == [
        "aside",
        "read",
        "models",
        "models.fit",
        "models.test",
        "publish",
    ]


def test_groups_that_wait_for_each_other_stay_as_they_were_written() -> None:
    tasks = (
        TaskSpec("g.a", "@task", upstream=("h.a",), group_id="g"),
        TaskSpec("h.a", "@task", group_id="h"),
        TaskSpec("h.b", "@task", upstream=("g.a",), group_id="h"),
    )
    knot = DagSpec(dag_id="d", tasks=tasks, groups=(GroupSpec("g"), GroupSpec("h")))
    assert [node.id for node in grid_nodes(knot) if node.is_group] == ["g", "h"]


@pytest.mark.parametrize(
    ("lengths", "fit"),
    [({}, 1), ({"models.": 3}, 3), ({"models.": 3, "models.fit": 12}, 12), ({"models.": 0}, 1)],
    ids=["not known yet", "of its group", "its own", "none"],
)
def test_how_many_instances_there_will_be(lengths: dict[str, int], fit: int) -> None:
    found = expected_instances(BACKWARDS, lengths)
    assert (found["models.fit"], found["read"]) == (fit, 1)


def test_edges_have_labels_and_say_whether_data_travels() -> None:
    found = {(edge.source, edge.target): (edge.label, edge.is_data) for edge in graph_edges(SPEC)}
    assert found["a", "g.b"] == ("", True)
    assert found["g.h.c", "z"] == ("when done", False)


# ------------------------------------------------------------------------------------------ the rest


@given(some.lists(some.floats(allow_nan=False, allow_infinity=False), max_size=300), some.integers(4, 50))
def test_a_thinned_curve_keeps_its_ends_and_peaks(values: list[float], most: int) -> None:
    kept = thinned(range(len(values)), values, most)
    assert len(kept) <= max(most, 2) or len(values) <= most
    assert kept == sorted(set(kept))
    if values:
        assert {0, len(values) - 1} <= set(kept)
        assert max(values[place] for place in kept) == max(values)


@given(some.lists(some.integers(1, 60), unique=True, max_size=60), some.integers(0, 20))
def test_a_cursor_knows_what_was_seen(numbers: list[int], low: int) -> None:
    cursor = Cursor(low)
    for number in numbers:
        cursor = cursor.with_row(number) if not cursor.has(number) else cursor
    assert {number for number in range(1, 61) if cursor.has(number)} == {*range(1, low + 1), *numbers}
    assert parsed(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "x", "1", "1.2.3", "-1.0", "1_.0", "\u0661.\u0662"], ids=range(7))
def test_other_texts_are_no_cursors(text: str) -> None:
    assert parsed(text) is None


def test_what_differs_comes_first() -> None:
    found = differences({"a": 1, "b": 2.0, "c": "x"}, {"a": 1, "b": 3.0, "d": True})
    assert [(one.name, one.is_same) for one in found] == [("b", False), ("c", False), ("d", False), ("a", True)]
    assert found[0].change == 0.5


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (math.nan, "nan"),
        (2**60, str(2**60)),
        (b"a\x00", "a\\x00"),
        ({1: {2}}, {"1": [2]}),
        ("x" * 3000, "x" * 2000 + "…"),
    ],
    ids=["nan", "big", "bytes", "keys", "long"],
)
def test_anything_becomes_json(value: object, found: object) -> None:
    assert plain(value) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{'rate': 0.1, 'password': 'hunter2', 'n': 3}", "{'rate': 0.1, 'password': ***, 'n': 3}"),
        ("{'api_key': \"it's\"}", "{'api_key': ***}"),
        ("url=x token=abc, next", "url=x token=***, next"),
        ("{'password': 'cut off in the mid", "{'password': ***"),
        ("nothing to hide: 'word'", "nothing to hide: 'word'"),
    ],
    ids=["a dict", "quotes", "assigned", "cut", "nothing"],
)
def test_secrets_in_texts_are_masked_by_their_names(text: str, found: str) -> None:
    assert masked_text(text) == found
