"""Finding that a try need not run costs no process of its own, where nothing of the author's ran for it."""

from __future__ import annotations

import sys

import pytest

from tradewind.runner.witness import Witness

PIPE = """
SEEN = []

def by_one(x):
    return x + 1

@task(cache=True)
def items():
    return list(range(12))

@task(cache=True)
def leaf(x):
    return x

@task
def looks(x):
    SEEN.append(x)
    return len(SEEN)

with DAG("pipe", user_defined_macros={"twice": lambda x: 2 * x}):
    leaf.expand(x=%s) >> looks.expand(x=[1, 2, 3])
"""


def test_what_is_found_in_the_cache_is_found_by_few_processes_and_leaves_them_as_new(place):
    place.write(PIPE % "items()")
    first, again = place.run(), place.run()
    assert len(first.pids("leaf")) == 12
    assert again.hits() == {"items", "leaf"}
    assert len(again.pids("leaf")) < 12
    assert [again.value("looks", path=(n,)) for n in range(3)] == [1, 1, 1]
    assert len(again.pids("looks")) == 3


@pytest.mark.parametrize("over", ["items().map(by_one)", "items().map(lambda x: x + 1)"])
def test_a_process_in_which_code_of_the_author_ran_is_not_used_again(place, over):
    place.write(PIPE % over)
    place.run()
    again = place.run()
    assert {"items", "leaf"} <= again.hits()
    assert len(again.pids("leaf")) == 12


def own() -> None:
    """Of this file, which is nobody's library."""


def test_a_witness_sees_code_of_the_author_and_no_other():
    with Witness() as nothing:
        sorted(["b", "a"], key=str.upper)
    with Witness() as something:
        sorted([1], key=lambda x: own())
    with Witness() as nested, Witness() as second:
        pass
    assert (nothing.saw_own_code, something.saw_own_code, nested.saw_own_code) == (False, True, False)
    assert second.saw_own_code, "somebody else looks on: nothing can be sworn"
    assert sys.getprofile() is None
