"""Arguments of operators that differ in the text of two versions, as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind.dag_processor.bundles import commit_of
from tradewind.dag_processor.comparing import Difference, SpecDifference, with_fields
from tradewind.dag_processor.source_fields import changed_fields

BASH = """
with DAG("d"):
    BashOperator(task_id="t", bash_command={!r}, retries={})
"""
FUNCTION = """
@task(retries=1)
def t(x):
    y = {}
    return y
"""


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (BASH.format("ls", 1), BASH.format("ls", 1), {}),
        (BASH.format("ls", 1), BASH.format("ls -l", 1), {"t": (Difference("bash_command", "'ls'", "'ls -l'"),)}),
        (FUNCTION.format(1), FUNCTION.format(2), {"t": (Difference("function", "y = 1", "y = 2"),)}),
        (FUNCTION.format(1), FUNCTION.format(1) + "# a comment", {}),
        (FUNCTION.format(1), BASH.format("ls", 1).replace("t", "other"), {}),
        ("no python (", BASH.format("ls", 1), {}),
    ],
    ids=["same", "a command", "a function", "a comment", "another task", "unreadable"],
)
def test_what_differs(before: str, after: str, found: object) -> None:
    assert changed_fields(before, after, ["t"]) == found


def test_what_a_spec_says_is_not_said_twice() -> None:
    told = SpecDifference((), (), (), {"t": (Difference("retry.retries", 1, 2),)})

    found = with_fields(told, {"t": (Difference("retries", "1", "2"), Difference("bash_command", "'a'", "'b'"))})

    assert [one.name for one in found.tasks_changed["t"]] == ["retry.retries", "bash_command"]


@pytest.mark.parametrize(
    ("root", "commit"),
    [("/home/bundles/b/trees/abc123/dags", "abc123"), ("/home/bundles/b/trees/abc123", "abc123"), ("/dags", "")],
)
def test_the_commit_of_a_checkout(root: str, commit: str) -> None:
    assert commit_of(Path("/home"), Path(root)) == commit
