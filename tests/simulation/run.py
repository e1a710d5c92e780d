"""`python -m tests.simulation.run --seeds N --from K`: play seeds, and print those that fail with their story."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time

from tests.simulation.play import Failure, play, smaller


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.run", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first one (default: 0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (default: one per CPU)")
    chosen = parser.parse_args()
    begun = time.monotonic()
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    with multiprocessing.get_context("spawn").Pool(chosen.jobs) as pool:
        failures = [found for found in pool.imap_unordered(play, seeds, chunksize=20) if found is not None]
    for failure in sorted(failures, key=lambda found: found.turns)[:3]:
        print(smaller(failure).story(), end="\n\n")
    took_seconds = time.monotonic() - begun
    print(f"{len(seeds)} seeds, {len(failures)} failed {failed_seeds(failures)}, {took_seconds:.1f} s")
    return 1 if failures else 0


def failed_seeds(failures: list[Failure]) -> str:
    return str(sorted(failure.seed for failure in failures)[:20]) if failures else ""


if __name__ == "__main__":
    sys.exit(main())
