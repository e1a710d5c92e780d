"""The simulation is worth what it finds: bugs that are planted on purpose, one at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulation import play as runs_play
from tests.simulation import service_play
from tests.simulation.mutants import MUTANTS, Mutant


def _cases() -> list[Any]:
    return [pytest.param(one, id=one.name, marks=[pytest.mark.slow] if one.is_slow else []) for one in MUTANTS]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("mutant", _cases())
def test_a_planted_bug_is_found(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.plant(monkeypatch)
    play = runs_play.play if mutant.world == "runs" else service_play.play

    found = next((seed for seed in range(mutant.seeds) if play(seed) is not None), None)

    assert found is not None, f"{mutant.seeds} seeds, and nobody noticed"
