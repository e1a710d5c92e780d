"""What counts as an answer to a question."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scheduler.conftest import NOW
from tradewind.model.ids import RunKey
from tradewind.model.service import ApprovalRecord
from tradewind.scheduler.answering import AnswerError, check_answer


def question(**more: Any) -> ApprovalRecord:
    given = {
        "subject": "ship?",
        "body": "",
        "options": ("yes", "no"),
        "defaults": None,
        "multiple": False,
        "params": {},
        "assigned_users": (),
        "asked_at": NOW,
        **more,
    }
    return ApprovalRecord(run=RunKey("d", "r"), task_id="t", map_path=(), try_id="1", **given)


FORM = {"n": {"value": 3, "schema": {"type": "integer", "maximum": 9}}, "text": {"schema": {"type": "string"}}}


@pytest.mark.parametrize(
    ("asked", "chosen", "given", "expected"),
    [
        ({}, ["yes"], {}, (("yes",), {})),
        ({"multiple": True}, ["yes", "no", "yes"], {}, (("yes", "no"), {})),
        ({"options": ("OK",)}, [], {}, (("OK",), {})),
        ({"params": FORM}, ["no"], {"text": "a"}, (("no",), {"n": 3, "text": "a"})),
        ({"params": FORM}, ["no"], {"text": "a", "n": 4}, (("no",), {"n": 4, "text": "a"})),
        ({"assigned_users": ("ann", "bob")}, ["no"], {}, (("no",), {})),
    ],
)
def test_an_answer(asked: dict[str, Any], chosen: list[str], given: dict[str, Any], expected: Any) -> None:
    assert check_answer(question(**asked), chosen, given, "ann") == expected


@pytest.mark.parametrize(
    ("asked", "chosen", "given", "said"),
    [
        ({}, ["maybe"], {}, "no option"),
        ({}, [], {}, "wants an option"),
        ({}, ["yes", "no"], {}, "one option, not 2"),
        ({}, ["yes"], {"n": 1}, "asks for no value 'n'"),
        ({"params": FORM}, ["yes"], {}, "asks for a value of 'text'"),
        ({"params": FORM}, ["yes"], {"text": "a", "n": 10}, "'n' must be smaller"),
        ({"params": FORM}, ["yes"], {"text": 5}, "'text' must be string"),
        ({"assigned_users": ("bob",)}, ["yes"], {}, "'ann' may not answer"),
        ({"params": {"n": {"value": 1, "schema": {"type": "nonsense"}}}}, ["yes"], {}, "schema of 'n'"),
    ],
)
def test_no_answer(asked: dict[str, Any], chosen: list[str], given: dict[str, Any], said: str) -> None:
    with pytest.raises(AnswerError, match=said):
        check_answer(question(**asked), chosen, given, "ann")
