from __future__ import annotations

import pytest

from tradewind.engine.prediction import Work, remaining_seconds, usual_seconds

USUAL = {"a": 10.0, "b": 20.0, "c": 5.0, "d": 1.0}
"""a → b → d, a → c → d."""


def diamond(done: str = "", running: dict[str, float] | None = None) -> list[Work]:
    upstream = {"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c")}
    return [Work(name, before, name in done, (running or {}).get(name)) for name, before in upstream.items()]


@pytest.mark.parametrize(
    ("done", "running", "until", "expected"),
    [
        ("", {}, "", 31.0),
        ("a", {}, "", 21.0),
        ("a", {"b": 15.0, "c": 1.0}, "", 6.0),
        ("a", {"b": 19.0, "c": 0.0}, "", 6.0),
        ("a", {"b": 500.0}, "", 6.0),
        ("ab", {"c": 5.0}, "", 1.0),
        ("abcd", {}, "", 0.0),
        ("", {}, "c", 15.0),
        ("a", {}, "c", 5.0),
        ("ac", {}, "c", 0.0),
    ],
)
def test_the_longest_way_through_what_is_left(done, running, until, expected):
    assert remaining_seconds(diamond(done, running), USUAL, until=until) == expected


def test_nothing_is_predicted_from_nothing():
    assert remaining_seconds(diamond(), {}) is None
    assert remaining_seconds(diamond("ab"), {"a": 1.0, "b": 1.0}) is None


def test_a_task_nobody_has_timed_counts_nothing():
    assert remaining_seconds(diamond(), {"a": 10.0, "d": 1.0}) == 11.0


def test_a_chain_may_be_longer_than_the_stack():
    chain = [Work(f"t{n}", (f"t{n - 1}",) if n else ()) for n in range(5000)]

    assert remaining_seconds(chain, {"t4999": 1.0, "t0": 2.0}) == 3.0


def test_the_usual_time_is_not_spoilt_by_one_run_that_hung():
    assert usual_seconds({"a": [10.0, 11.0, 9000.0], "b": []}) == {"a": 11.0}
