"""Seeds for twenty seconds: see the package's own words, and DESIGN's section 4 for what has to hold."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.simulation.chance import KINDS
from tests.simulation.play import play, smaller
from tests.simulation.world import World

pytestmark = pytest.mark.timeout(600)  # on a busy machine a seed takes ten times as long
SECONDS = float(os.environ.get("SIMULATION_SECONDS", "16"))
SEEDS_AT_LEAST = 100
ROOT = Path(__file__).parents[2]


def test_whatever_happens_nothing_is_lost() -> None:
    until = time.monotonic() + SECONDS
    seed = 0
    while time.monotonic() < until or seed < SEEDS_AT_LEAST:
        if failure := play(seed):
            pytest.fail(smaller(failure).story(), pytrace=False)
        seed += 1


def test_every_kind_of_trouble_does_happen() -> None:
    happened: Counter[str] = Counter()
    for seed in range(100):
        with World(seed) as world:
            world.play()
        happened.update(world.chance.happened)

    assert set(happened) == set(KINDS)


@pytest.mark.parametrize("seed", [3, 11])
def test_a_seed_always_tells_the_same_story(seed: int) -> None:
    stories = {told_by_a_new_process(seed, hash_seed) for hash_seed in ("1", "2")}

    assert len(stories) == 1


def told_by_a_new_process(seed: int, hash_seed: str) -> str:
    script = f"""
from tests.simulation.play import play
lines = []
play({seed}, log=lines.append)
print("\\n".join(lines))
"""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    told = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True)
    return hashlib.sha256(told.stdout).hexdigest() if told.stdout else "nothing"


def test_a_failure_is_found_and_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that forgets what its last owner left behind loses tasks: a crash is needed to see it."""
    monkeypatch.setattr("tests.simulation.world.left_behind", lambda rows, why: ([], []))
    failure = next(found for seed in range(300) if (found := play(seed)))

    found = smaller(failure)

    assert "crash" in found.happened or "database" in found.happened
    assert len(found.happened) <= len(failure.happened)
    assert f"--from {found.seed} --seeds 1" in found.story()
