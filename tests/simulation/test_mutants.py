"""The simulation is worth what it finds: bugs that are planted on purpose, one at a time."""

from __future__ import annotations

import pytest

from tests.simulation import play as runs_play
from tests.simulation import service_play
from tests.simulation.mutants import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_is_found(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.plant(monkeypatch)
    play = runs_play.play if mutant.world == "runs" else service_play.play

    found = next((seed for seed in range(mutant.seeds) if play(seed) is not None), None)

    assert found is not None, f"{mutant.seeds} seeds, and nobody noticed"
