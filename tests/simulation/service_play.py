"""Playing seeds of the simulated service, and telling the story of one that fails."""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import sys
import time
import traceback

from msgspec import Struct

from tests.simulation.chance import Trouble
from tests.simulation.service_world import ServiceWorld

LINES_SHOWN = 80


class ServiceFailure(Struct, frozen=True):
    seed: int
    turns: int
    error: str

    def story(self) -> str:
        lines: list[str] = []
        _play(self.seed, Trouble(), lines)
        again = f"again: python -m tests.simulation.service_play --from {self.seed} --seeds 1"
        return "\n".join([f"seed {self.seed} fails after {self.turns} turns", *lines[-LINES_SHOWN:], self.error, again])


def play(seed: int, trouble: Trouble = Trouble()) -> ServiceFailure | None:
    """None where all that has to hold does."""
    return _play(seed, trouble, None)


def _play(seed: int, trouble: Trouble, lines: list[str] | None) -> ServiceFailure | None:
    logging.getLogger("tradewind").setLevel(logging.CRITICAL + 1)  # it rightly complains
    with ServiceWorld(seed, trouble, lines.append if lines is not None else None) as world:
        try:
            world.play()
        except Exception as error:
            return ServiceFailure(seed, world.turns, "".join(traceback.format_exception(error, limit=-4)))
    return None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.service_play", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first one (default: 0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (default: one per CPU)")
    chosen = parser.parse_args()
    begun = time.monotonic()
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    with multiprocessing.get_context("spawn").Pool(chosen.jobs) as pool:
        failures = [found for found in pool.imap_unordered(play, seeds, chunksize=10) if found is not None]
    for failure in sorted(failures, key=lambda found: found.turns)[:3]:
        print(failure.story(), end="\n\n")
    print(f"{len(seeds)} seeds, {len(failures)} failed, {time.monotonic() - begun:.1f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
