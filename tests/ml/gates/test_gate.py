"""The gate as a task: which decision comes of what, and what is kept of it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tradewind.authoring.dag import DAG
from tradewind.authoring.deferral_failures import FAIL_METHOD, TRIGGER_TIMEOUT
from tradewind.authoring.exceptions import TaskDeferred
from tradewind.ml.gates.gate import GateOperator, gate
from tradewind.ml.gates.rules import Rule
from tradewind.ml.registry.moving import move_alias
from tradewind.ml.registry.reading import Registry
from tradewind.ml.registry.register import register

mlflow = pytest.importorskip("mlflow")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]
TRUTH = np.arange(400) % 2
DATA = ([[number] for number in range(400)], TRUTH)


class Model:
    """Right on the first rows."""

    def __init__(self, right: int) -> None:
        self.right = right

    def predict(self, features: Any) -> Any:
        rows = np.asarray(features)[:, 0]
        return np.where(rows < self.right, rows % 2, 1 - rows % 2)


def with_champion(tracking: Any, name: str, right: int) -> None:
    with tracking.trying(f"champion of {name}"):
        register(Model(right), name)
        move_alias(name, "1")


def decide(tracking: Any, name: str, challenger: Any, **wishes: Any) -> dict[str, Any]:
    """What the gate hands on. Outside of a DAG's run: branching has its own tests."""
    wishes.setdefault("rules", [Rule("accuracy", better_by=0.01)])
    task = GateOperator(task_id="gate", model=name, challenger=challenger, data=DATA, **wishes)
    with tracking.trying("gate"):
        return task.execute({"ti": SimpleNamespace(short_circuited="", branch_followed=None), "task": task})


def test_a_better_challenger_is_promoted_and_the_decision_is_kept(tracking: Any) -> None:
    with_champion(tracking, "kept", 300)
    decided = decide(tracking, "kept", Model(390))
    assert (decided["decision"], decided["champion"]) == ("promote", "1")
    (kept,) = tracking.keeping.of("GateDecision")
    assert kept["compared"][0]["test"] == "McNemar"
    assert len(kept["figures"]) == 1


@pytest.mark.parametrize(
    ("right", "wishes", "expected"),
    [
        (200, {}, "hold"),
        (301, {}, "hold"),
        (301, {"when_unsure": "promote"}, "promote"),
        (200, {"when_unsure": "promote"}, "hold"),
    ],
    ids=["worse", "unsure", "unsure is enough", "worse all the same"],
)
def test_decisions(tracking: Any, right: int, wishes: dict[str, Any], expected: str) -> None:
    if "decisions" not in Registry(tracking.place).names():
        with_champion(tracking, "decisions", 300)
    assert decide(tracking, "decisions", Model(right), **wishes)["decision"] == expected


def test_a_person_is_asked_and_their_answer_is_kept(tracking: Any) -> None:
    with_champion(tracking, "asked", 300)
    with pytest.raises(TaskDeferred) as deferred:
        decide(tracking, "asked", Model(390), when_passed="ask")
    assert deferred.value.question is not None
    assert "Promote asked" in deferred.value.question.subject
    task = GateOperator(task_id="gate", model="asked", challenger=Model(1), data=DATA, rules=["accuracy"])
    event = {"chosen_options": ["Hold"], "responded_by_user": {"id": "ann", "name": "Ann"}}
    ti = SimpleNamespace(short_circuited="", branch_followed=None)
    with tracking.trying("answered"):
        answered = task.resume_execution(
            "answered", {"event": event, **deferred.value.kwargs}, {"ti": ti, "task": task}
        )
    assert answered["decision"] == "hold"
    assert answered["reason"].startswith("hold by Ann")
    assert ti.short_circuited == "all"
    assert [one["decision"] for one in tracking.keeping.of("GateDecision")] == ["ask", "hold"]


def test_a_question_that_nobody_answers_holds(tracking: Any) -> None:
    with pytest.raises(TaskDeferred) as deferred:
        decide(tracking, "unanswered", Model(390), when_passed="ask", response_timeout=timedelta(hours=1))
    assert deferred.value.question is not None
    assert deferred.value.question.defaults == ("Hold",)
    task = GateOperator(task_id="gate", model="unanswered", challenger=Model(1), data=DATA, rules=["accuracy"])
    ti = SimpleNamespace(short_circuited="", branch_followed=None, dag_id="flow", run_id="gate")
    with tracking.trying("unanswered"):
        answered = task.resume_execution(FAIL_METHOD, {"error": TRIGGER_TIMEOUT}, {"ti": ti, "task": task})
    assert (answered["decision"], ti.short_circuited) == ("hold", "all")


def test_without_a_champion_thresholds_count(tracking: Any) -> None:
    assert decide(tracking, "new model", Model(390))["decision"] == "promote"
    assert decide(tracking, "new model", Model(390), rules=[Rule("accuracy", threshold=0.99)])["decision"] == "hold"


@pytest.mark.parametrize("when", ["hold", "ask"])
def test_a_champion_that_no_longer_loads_is_said(tracking: Any, when: Any) -> None:
    name = f"broken {when}"
    with_champion(tracking, name, 300)
    tracking.lose_files(Registry(tracking.place).version(name, "1").source)
    if when == "ask":
        with pytest.raises(TaskDeferred):
            decide(tracking, name, Model(390), when_broken=when)
    else:
        decide(tracking, name, Model(390), when_broken=when)
    (kept,) = tracking.keeping.of("GateDecision")
    assert kept["decision"] == when
    assert "cannot be loaded" in kept["reason"]


def test_the_champion_itself_is_no_challenger(tracking: Any) -> None:
    with_champion(tracking, "same", 300)
    assert "champion already" in decide(tracking, "same", 1)["reason"]


@pytest.mark.parametrize(
    ("value", "direction", "expected"),
    [
        (0.9, "maximize", "promote"),
        (0.7, "maximize", "hold"),
        (float("nan"), "maximize", "hold"),
        (0.9, "minimize", "hold"),
    ],
    ids=["good", "bad", "nan", "less is better"],
)
def test_numbers_under_any_name_are_held_against_thresholds(
    tracking: Any, value: float, direction: Any, expected: str
) -> None:
    rule = Rule("väl/auc", threshold=0.8, direction=direction)
    task = GateOperator(task_id="numbers", metrics={"väl/auc": value}, rules=[rule])
    with tracking.trying("numbers"):
        decided = task.execute({"ti": SimpleNamespace(short_circuited="", branch_followed=None), "task": task})
    assert decided["decision"] == expected


def test_a_champion_of_whom_nothing_was_recorded_is_not_beaten_by_it(tracking: Any) -> None:
    with tracking.trying("unrecorded", task_id="train"):
        from sklearn.dummy import DummyClassifier

        register(DummyClassifier().fit([[0]] * 2, [0, 1]), "unrecorded", alias="champion")
    task = GateOperator(
        task_id="numbers",
        model="unrecorded",
        metrics={"auc": 0.9},
        rules=[Rule("auc", better_by=0.0, direction="maximize")],
    )
    with tracking.trying("unrecorded"):
        decided = task.execute({"ti": SimpleNamespace(short_circuited="", branch_followed=None), "task": task})
    assert (decided["decision"], decided["compared"][0]["passed"]) == ("hold", False)


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        ({"rules": []}, "without rules"),
        ({"rules": ["accuracy"]}, "needs data"),
        ({"rules": ["accuracy"], "data": DATA}, "needs challenger"),
        ({"rules": ["acuracy"], "data": DATA}, "'acuracy' is none of the metrics"),
        (
            {"rules": [Rule("auc", threshold=0.5, direction="maximize")], "data": DATA, "challenger": "1"},
            "cannot compute 'auc'",
        ),
    ],
    ids=["no rules", "no data", "no challenger", "unknown metric", "a logged one on data"],
)
def test_a_gate_that_makes_no_sense_is_refused_where_it_is_written(wishes: dict[str, Any], says: str) -> None:
    with DAG("d", schedule=None), pytest.raises(Exception, match=says):
        gate("m", **wishes)
