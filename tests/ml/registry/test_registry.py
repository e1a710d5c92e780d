"""Registering, promoting, rolling back, loading: with MLflow's own registry."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tradewind.authoring.metrics import log_metric
from tradewind.ml.registry.load import ModelCannotLoadError, load_model
from tradewind.ml.registry.moving import AliasMovedMeanwhileError, before, move_alias, roll_back
from tradewind.ml.registry.naming import decided_against, version_of
from tradewind.ml.registry.promote import PromoteOperator
from tradewind.ml.registry.reading import Registry
from tradewind.ml.registry.register import register
from tradewind.ml.tracking.logged import log_params
from tradewind.ml.tracking.models import ModelError, flavor_of, log_model
from tradewind.model.journal import JournalEntry

from ..tracked import NOW

mlflow = pytest.importorskip("mlflow")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]


class Constant:
    """A model of no library."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def predict(self, features: Any) -> list[Any]:
        return [self.value] * len(features)


def registered(tracking: Any, name: str, *models: Any) -> list[str]:
    """Versions of these models."""
    versions: list[str] = []
    for model in models:
        with tracking.trying(f"run of {name}"):
            versions.append(register(model, name)["version"])
    return versions


def test_a_registered_model_comes_back_with_its_lineage(tracking: Any) -> None:
    linear = pytest.importorskip("sklearn.linear_model").LinearRegression().fit([[0], [1]], [0, 1])
    with tracking.trying("lineage"):
        log_params({"fit_intercept": True})
        log_metric("r2", 1.0)
        made = register(linear, "linear", tags={"team": "a"}, description="a line")
        assert made == {"name": "linear", "version": "1", "uri": "models:/linear/1"}
        assert load_model("linear", "challenger").predict([[3]])[0] == pytest.approx(3)
    (noted,) = tracking.keeping.of("ModelVersion")
    assert (noted["params"], noted["metrics"], noted["flavor"]) == ({"fit_intercept": "True"}, {"r2": 1.0}, "sklearn")
    assert noted["value_hash"]
    version = Registry(tracking.place).version("linear", "1")
    assert version.aliases == ("challenger",)
    assert version.tags["tradewind.run_id"] == "lineage"
    assert version.description == "a line"


def test_an_object_with_predict_is_a_model(tracking: Any) -> None:
    registered(tracking, "constant", Constant(7))
    assert load_model("constant", 1, place=tracking.place).predict([1, 2]) == [7, 7]


def test_a_model_that_cannot_be_pickled_is_refused_in_words(tracking: Any) -> None:
    with tracking.trying("unpicklable"), pytest.raises(ModelError, match="Constant cannot be kept") as caught:
        register(Constant(threading.Lock()), "locked")
    assert "__getstate__" in (caught.value.hint or "")


def test_outside_of_a_try_nothing_is_registered(tracking: Any) -> None:
    with pytest.raises(ModelError, match="outside of a try"):
        register(Constant(1), "nowhere")
    with pytest.raises(ModelError, match="outside of a try"):
        log_model(Constant(1))


def test_promotion_and_rollback_one_by_one(tracking: Any) -> None:
    registered(tracking, "steps", Constant(1), Constant(2), Constant(3))
    with tracking.trying("promotes"):
        for version in "123":
            move_alias("steps", version, reason=f"made {version}")
        registry = Registry(tracking.place)
        assert registry.aliases("steps") == {"champion": "3", "archived": "2"}
        assert roll_back("steps").version == "2"
        assert roll_back("steps").version == "1"
        with pytest.raises(ModelError, match="first champion"):
            roll_back("steps")
        assert registry.champion("steps") == "1"
    moves = [one for one in tracking.keeping.of("AliasMoved") if one["alias"] == "champion"]
    assert [one["version"] for one in moves] == ["1", "2", "3", "2", "1"]


def test_of_two_promotions_at_once_one_wins_and_the_other_is_told(tracking: Any) -> None:
    registered(tracking, "race", Constant(1), Constant(2), Constant(3))
    with tracking.trying("race"):
        move_alias("race", "1")
        start = threading.Barrier(2)

        def promote(version: str) -> str:
            start.wait()
            try:
                return move_alias("race", version, expected="1").version
            except AliasMovedMeanwhileError as error:
                return error.message

        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(promote, ("2", "3")))
    winner = Registry(tracking.place).champion("race")
    assert winner in said
    (told,) = [one for one in said if one != winner]
    assert f"version {winner} by now, not version 1" in told


def test_a_promotion_after_a_gate_is_held_where_the_champion_has_changed(tracking: Any) -> None:
    registered(tracking, "gated", Constant(1), Constant(2), Constant(3))
    decision = {"decision": "promote", "reason": "better", "challenger": "2", "champion": "1"}
    with tracking.trying("gated"):
        move_alias("gated", "3")
        task = PromoteOperator(task_id="promote", model="gated", version=decision)
        with pytest.raises(AliasMovedMeanwhileError, match="version 3 by now"):
            task.execute({})
        move_alias("gated", "1")
        assert task.execute({})["version"] == "2"


def test_a_champion_whose_files_are_gone_says_so(tracking: Any) -> None:
    registered(tracking, "lost", Constant(1))
    tracking.lose_files(Registry(tracking.place).version("lost", "1").source)
    with pytest.raises(ModelCannotLoadError, match="version 1 of model 'lost' cannot be loaded"):
        load_model("lost", 1, place=tracking.place)


def test_what_is_not_there(tracking: Any) -> None:
    registered(tracking, "there", Constant(1))
    with pytest.raises(ModelError, match="no model 'never was'"):
        load_model("never was", place=tracking.place)
    with pytest.raises(ModelError, match="no alias 'champion'"):
        load_model("there", place=tracking.place)
    with pytest.raises(ModelError, match="no version 9"):
        load_model("there", 9, place=tracking.place)
    with pytest.raises(ModelError, match="no champion to roll back"):
        roll_back("there", (), place=tracking.place)


@pytest.mark.parametrize(
    ("given", "expected"),
    [({"version": "3"}, "3"), ({"decision": "promote", "challenger": "4"}, "4"), (5, "5"), (Constant(1), "")],
    ids=["registered", "gate", "number", "model"],
)
def test_versions_as_tasks_hand_them_on(given: Any, expected: str) -> None:
    assert version_of("any", given) == expected


def test_only_a_gate_says_what_it_was_compared_with() -> None:
    assert decided_against({"decision": "promote", "champion": ""}) == ""
    assert decided_against({"version": "3"}) is None


def test_the_champion_before_by_the_record() -> None:
    def moved(version: str, old: str, *, is_rollback: bool = False) -> JournalEntry:
        body = {"alias": "champion", "version": version, "old_version": old, "is_rollback": is_rollback}
        return JournalEntry("AliasMoved", "m", body, NOW)

    history = [moved("2", "3", is_rollback=True), moved("3", "2"), moved("2", "1"), moved("1", "")]
    assert before(history, "2") == "1"
    assert before(history, "1") == ""
    assert before([], "1") == ""


def test_flavors_are_seen_from_the_class() -> None:
    sklearn = pytest.importorskip("sklearn.dummy")

    class Own(sklearn.DummyClassifier):
        pass

    assert flavor_of(Own()) == "sklearn"
    assert flavor_of(Constant(1)) == "python"
