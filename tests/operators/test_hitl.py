"""Questions to people: what is asked, and what becomes of the answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tradewind.authoring.exceptions import (
    HITLRejectException,
    HITLTimeoutError,
    HITLTriggerEventError,
    ParamValidationError,
    TaskDeferred,
)
from tradewind.authoring.params import Param
from tradewind.operators.empty import EmptyOperator
from tradewind.operators.hitl import ApprovalOperator, HITLBranchOperator, HITLEntryOperator, HITLOperator

AT = "2025-03-01T12:00:00+00:00"


def answered(*options: str, **values: Any) -> dict[str, Any]:
    user = {"id": "ann", "name": "Ann"}
    return {"chosen_options": list(options), "params_input": values, "responded_at": AT, "responded_by_user": user}


def asked(operator: Any, context: Any) -> TaskDeferred:
    with pytest.raises(TaskDeferred) as caught:
        operator.execute(context)
    return caught.value


def test_the_question_is_plain_data(dag: Any, context_of: Any) -> None:
    operator = HITLOperator(
        task_id="t",
        subject="which?",
        options=["a", "b"],
        defaults="a",
        params={"n": Param(3, type="integer", description="how many"), "free": Param(type="string")},
        assigned_users=[{"id": "1", "name": "Ann"}],
        response_timeout=timedelta(hours=1),
    )
    error = asked(operator, context_of(operator))
    question = error.question
    assert question is not None
    assert (question.subject, question.options, question.defaults) == ("which?", ("a", "b"), ("a",))
    assert question.params == {
        "n": {"value": 3, "description": "how many", "schema": {"type": "integer"}},
        "free": {"description": None, "schema": {"type": "string"}},
    }
    assert question.assigned_users == ("1",)
    assert error.timeout == timedelta(hours=1)


def test_notifiers_are_called_when_it_is_asked(dag: Any, context_of: Any) -> None:
    told: list[Any] = []
    operator = HITLOperator(task_id="t", subject="s", options=["a"], notifiers=told.append)
    context = context_of(operator)
    asked(operator, context)
    assert told == [context]


def test_the_value_says_what_by_whom_and_when(dag: Any, context_of: Any) -> None:
    operator = HITLOperator(task_id="t", subject="s", options=["a", "b"], params={"n": 3, "m": 4})
    assert operator.execute_complete(context_of(operator), answered("b", n=5)) == {
        "chosen_options": ["b"],
        "params_input": {"n": 5, "m": 4},
        "responded_at": datetime(2025, 3, 1, 12, tzinfo=UTC),
        "responded_by_user": {"id": "ann", "name": "Ann"},
    }


@pytest.mark.parametrize(
    ("event", "error"),
    [
        (answered("c"), ValueError),
        (answered("a", other=1), ValueError),
        (answered("a", n="x"), ParamValidationError),
        ({"error": "late", "error_type": "timeout"}, HITLTimeoutError),
        ({"error": "odd", "error_type": "unknown"}, HITLTriggerEventError),
    ],
)
def test_what_is_no_answer_fails(dag: Any, context_of: Any, event: dict[str, Any], error: type[Exception]) -> None:
    operator = HITLOperator(task_id="t", subject="s", options=["a"], params={"n": Param(1, type="integer")})
    with pytest.raises(error):
        operator.execute_complete(context_of(operator), event)


def test_defaults_hold_where_nobody_answers(dag: Any, context_of: Any) -> None:
    operator = HITLOperator(task_id="t", subject="s", options=["a", "b"], defaults=["b"], params={"n": 3})
    answer = operator.resume_execution("__fail__", {"error": "Trigger timeout"}, context_of(operator))
    assert (answer["chosen_options"], answer["params_input"], answer["responded_by_user"]) == (["b"], {"n": 3}, None)


def test_without_defaults_it_fails(dag: Any, context_of: Any) -> None:
    operator = HITLOperator(task_id="t", subject="s", options=["a"])
    with pytest.raises(HITLTimeoutError):
        operator.resume_execution("__fail__", {"error": "Trigger timeout"}, context_of(operator))


@pytest.mark.parametrize(
    ("option", "ignores", "followed", "short_circuit"),
    [("Approve", False, None, ""), ("Reject", False, (), ""), ("Reject", True, None, "all")],
)
def test_a_rejection_skips_what_comes_after(
    dag: Any, context_of: Any, option: str, ignores: bool, followed: Any, short_circuit: str
) -> None:
    operator = ApprovalOperator(task_id="t", subject="s", ignore_downstream_trigger_rules=ignores)
    operator >> EmptyOperator(task_id="next")
    context = context_of(operator)
    operator.execute_complete(context, answered(option))
    assert (context["ti"].branch_followed, context["ti"].short_circuited) == (followed, short_circuit)


def test_a_rejection_may_fail(dag: Any, context_of: Any) -> None:
    operator = ApprovalOperator(task_id="t", subject="s", fail_on_reject=True)
    with pytest.raises(HITLRejectException):
        operator.execute_complete(context_of(operator), answered("Reject"))


def test_a_branch_follows_the_options(dag: Any, context_of: Any) -> None:
    operator = HITLBranchOperator(
        task_id="t", subject="s", options=["left", "the other"], options_mapping={"the other": "right"}, multiple=True
    )
    operator >> [EmptyOperator(task_id=name) for name in ("left", "right", "third")]
    context = context_of(operator)
    operator.execute_complete(context, answered("left", "the other"))
    assert context["ti"].branch_followed == ("left", "right")


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        (HITLOperator, {"options": []}, "cannot be empty"),
        (HITLOperator, {"options": ["a", "a"]}, "twice"),
        (HITLOperator, {"options": ["a"], "defaults": "b"}, "none of"),
        (HITLOperator, {"options": ["a", "b"], "defaults": ["a", "b"]}, "multiple=True"),
        (ApprovalOperator, {"options": ["x"]}, "options"),
        (HITLBranchOperator, {"options": ["a"], "options_mapping": {"b": "t"}}, "not in `options`"),
    ],
)
def test_a_question_that_cannot_be_asked(dag: Any, kind: Any, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        kind(task_id="t", subject="s", **arguments)


def test_an_entry_has_one_option(dag: Any, context_of: Any) -> None:
    operator = HITLEntryOperator(task_id="t", subject="s", params={"x": 1})
    question = asked(operator, context_of(operator)).question
    assert question is not None
    assert question.options == ("OK",)
