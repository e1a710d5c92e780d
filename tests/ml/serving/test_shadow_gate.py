"""The gate over the log of a shadow run: too little, labels, agreement, failures."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from tradewind.ml.gates.rules import Rule
from tradewind.ml.gates.shadow import ShadowGateOperator
from tradewind.ml.registry.moving import move_alias
from tradewind.ml.registry.reading import Registry
from tradewind.ml.registry.register import register
from tradewind.ml.serving.log_folder import log_folder
from tradewind.ml.serving.request_log import LoggedRequest, RequestLog

from ..tracked import NOW

pytest.importorskip("mlflow")
pd = pytest.importorskip("pandas")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]


class Constant:
    def predict(self, features: Any) -> list[int]:
        return [1] * len(features)


NAME = "shadow gate"


def shadowed(tracking: Any, old: Sequence[Any], new: Sequence[Any]) -> None:
    """Version 1 is the champion and has said `old`, version 2 `new` (None: it failed), of customers 0, 1 …; an hour
    apart."""
    if not Registry(tracking.place).champion(NAME):  # once a worker: it takes seconds
        for _ in range(2):
            with tracking.trying("registers"):
                register(Constant(), NAME)
        move_alias(NAME, "1", place=tracking.place)
    folder = log_folder(tracking.home, NAME)
    shutil.rmtree(folder, ignore_errors=True)
    log = RequestLog(folder)
    for number, (mine, theirs) in enumerate(zip(old, new, strict=True)):
        log.offer(
            LoggedRequest(
                id=f"r{number}",
                at=NOW + timedelta(hours=number),
                version="1",
                columns=["customer"],
                rows=[[number]],
                predictions=[mine],
                shadow_version="2",
                shadow_predictions=None if theirs is None else [theirs],
            )
        )
    log.close()


def decided(tracking: Any, **wishes: Any) -> dict[str, Any]:
    with tracking.trying("decides", "gate"):
        return ShadowGateOperator(**wishes)._decide()


TRUTH = [0, 1] * 30
LABELS = {"customer": list(range(60)), "bought": TRUTH}
WRONG_AT_FIRST = [1 - one if at < 20 else one for at, one in enumerate(TRUTH)]


@pytest.mark.parametrize(
    ("old", "new", "wishes", "decision", "said"),
    [
        (TRUTH, TRUTH, {"min_agreement": 0.9}, "hold", "both have predicted 60 rows, 1000 are asked for"),
        (
            TRUTH,
            TRUTH,
            {"min_agreement": 0.9, "min_rows": 60, "min_period": timedelta(days=3)},
            "hold",
            "it has lasted 2 days 11:00:00, 3 days",
        ),
        (TRUTH, TRUTH, {"min_agreement": 0.9, "min_rows": 60}, "promote", "all rules passed"),
        (TRUTH, WRONG_AT_FIRST, {"min_agreement": 0.9, "min_rows": 60}, "hold", "agreement 0.6667 is below 0.9"),
        (
            TRUTH,
            [None, *TRUTH[1:]],
            {"min_agreement": 0.9, "min_rows": 60},
            "hold",
            "shadow_failures 0.01667 is above 0",
        ),
        (
            WRONG_AT_FIRST,
            TRUTH,
            {"labels": LABELS, "target": "bought", "on": "customer", "rules": [Rule("accuracy", better_by=0.1)]},
            "promote",
            "all rules passed",
        ),
        (
            TRUTH,
            WRONG_AT_FIRST,
            {"labels": LABELS, "target": "bought", "on": "customer", "rules": ["accuracy"]},
            "hold",
            "accuracy",
        ),
    ],
    ids=["too few", "too short", "agrees", "disagrees", "fails", "better by labels", "worse by labels"],
)
def test_what_the_log_decides(tracking: Any, old: Any, new: Any, wishes: Any, decision: str, said: str) -> None:
    shadowed(tracking, old, new)
    given = dict(wishes)
    if "labels" in given:
        given = {**given, "labels": pd.DataFrame(given["labels"]), "min_rows": 60}
    found = decided(tracking, model=NAME, **given)
    assert (found.decision, found.challenger, found.champion) == (decision, "2", "1")
    assert said in found.reason


def test_labels_that_do_not_fit_are_told(tracking: Any) -> None:
    shadowed(tracking, [1], [1])
    labels = pd.DataFrame({"client": [0], "bought": [1]})
    with pytest.raises(ValueError, match="the labels have no column 'customer'"):
        decided(tracking, model=NAME, labels=labels, on="customer", target="bought", rules=["accuracy"], min_rows=1)


def test_a_gate_that_asks_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs labels= and rules=, or min_agreement="):
        ShadowGateOperator(model="m")
    with pytest.raises(ValueError, match="needs rules= and target="):
        ShadowGateOperator(model="m", labels=[], rules=["accuracy"])
