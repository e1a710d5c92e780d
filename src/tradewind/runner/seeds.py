"""Random numbers in forked children: each try its own stream, which follows from its name; all the same one where the
DAG file has set a seed.

A file with `random.seed(42)` or `np.random.seed(42)` at its top expects the same numbers in each task, as where each
task imports the file anew. Generators that a file makes itself (`default_rng()`) are shared by value; see the docs.
"""

from __future__ import annotations

import os
import random
import sys
from typing import Any

from tradewind.runner.import_hook import call_after_import

UNSEEDED_NUMPY_KEY = 0x80000000
"""First word of NumPy's global Mersenne Twister when it was initialised from the system's entropy."""


class Seeds:
    """Made before the DAG file is imported; `settle` after it, `renew` in each child."""

    def __init__(self) -> None:
        self._is_seeded = False
        self._state: Any = None
        self._renew_numpy = False
        self._seed_of_try = 0
        self._original = random.seed
        random.seed = self._seed

    def settle(self) -> None:
        random.seed = self._original
        if self._is_seeded:
            self._state = random.getstate()
        numpy_random: Any = sys.modules.get("numpy.random")
        if numpy_random is not None:
            state = numpy_random.get_state(legacy=False)
            self._renew_numpy = int(state["state"]["key"][0]) == UNSEEDED_NUMPY_KEY

    def begin(self, seed: int) -> None:
        """Where the file has set none, a try draws from the seed that follows from its name: see `model.seeds`. NumPy
        imports its generator when it is first looked at, so that it may come later than the try's start."""
        if not self._is_seeded:
            random.seed(seed)
        self._seed_of_try = seed
        if "numpy.random" not in sys.modules:
            self._renew_numpy = True
            call_after_import("numpy.random", self._seed_numpy)
        elif self._renew_numpy:
            self._seed_numpy()

    def _seed_numpy(self) -> None:
        sys.modules["numpy.random"].seed(self._seed_of_try)

    def renew(self) -> None:
        if self._is_seeded:
            random.setstate(self._state)  # Python itself has reseeded it after the fork
        if self._renew_numpy:
            sys.modules["numpy.random"].seed(int.from_bytes(os.urandom(4), "little"))

    def _seed(self, *arguments: Any, **options: Any) -> None:
        self._is_seeded = any(argument is not None for argument in (*arguments, *options.values()))
        self._original(*arguments, **options)
