"""`tradewind models promote` and `rollback`, on a registry of MLflow."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.cli.home import opened_store
from tradewind.cli.main import main
from tradewind.ml.registry.reading import Registry
from tradewind.ml.registry.register import register
from tradewind.model.journal import EntryQuery
from tradewind.settings import load

pytest.importorskip("mlflow")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]


class Constant:
    def predict(self, features: Any) -> list[int]:
        return [1] * len(features)


def tradewind(*arguments: str) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_version_is_promoted_and_rolled_back(tracking: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        with tracking.trying("versions"):
            register(Constant(), "by hand")
    registry = Registry(tracking.place)
    assert tradewind("models", "promote", "by hand", "1", "--reason", "looked at it") == 0
    assert tradewind("models", "promote", "by hand", "challenger") == 0
    assert registry.aliases("by hand") == {"champion": "2", "archived": "1"}
    assert tradewind("models", "rollback", "by hand") == 0
    assert registry.champion("by hand") == "1"
    assert "champion of by hand: 2 → 1" in capsys.readouterr().out
    with opened_store(load()) as store:
        moves = store.entries(EntryQuery("AliasMoved", name="by hand"))
        audited = [one.action for one in store.audit()]
    assert [one.body["version"] for one in moves] == ["1", "2", "1"]
    assert moves[-1].body["reason"] == "looked at it"
    assert moves[0].who.startswith("cli:")
    assert audited.count("move_model_alias") == 3


def test_a_promotion_that_expects_another_champion_is_told(tracking: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with tracking.trying("expects"):
        register(Constant(), "expects")
    assert tradewind("models", "promote", "expects", "1", "--expected", "7") == 1
    assert "is no version by now, not version 7" in capsys.readouterr().err
    assert tradewind("models", "promote", "expects", "9") == 1
    assert "no version 9" in capsys.readouterr().err
    assert tradewind("models", "rollback", "expects") == 1
    assert "no champion to roll back" in capsys.readouterr().err
