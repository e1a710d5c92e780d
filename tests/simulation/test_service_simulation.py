"""Seeds of the simulated service: clocks, two schedulers with leases, a forgetful triggerer, users."""

from __future__ import annotations

import os
import re
import time
from collections import Counter

import pytest

from tests.simulation.chance import SERVICE_KINDS
from tests.simulation.service_play import play
from tests.simulation.service_world import ServiceWorld

pytestmark = pytest.mark.timeout(600)  # on a busy machine a seed takes ten times as long
SECONDS = float(os.environ.get("SIMULATION_SECONDS", "16"))
SEEDS_AT_LEAST = 20


def test_whatever_happens_to_the_service_nothing_is_lost() -> None:
    until = time.monotonic() + SECONDS
    seed = 0
    while time.monotonic() < until or seed < SEEDS_AT_LEAST:
        if failure := play(seed):
            pytest.fail(failure.story(), pytrace=False)
        seed += 1


def test_a_seed_tells_the_same_story_each_time() -> None:
    """Else one that fails cannot be looked into. Once the real clock decided who was rung."""
    assert _story(3) == _story(3)


def _story(seed: int) -> list[str]:
    lines: list[str] = []
    with ServiceWorld(seed, log=lines.append) as world:
        world.play()
    return [re.sub(r"tradewind-simulation-\w+", "folder", line) for line in lines]


def test_every_kind_of_trouble_does_happen_to_the_service() -> None:
    happened: Counter[str] = Counter()
    for seed in range(20):
        with ServiceWorld(seed) as world:
            world.play()
        happened.update(world.chance.happened)

    assert set(happened) == set(SERVICE_KINDS)
