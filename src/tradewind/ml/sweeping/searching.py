"""Optuna's samplers and pruners, by a word or as the author made them; and the chance in them.

Each trial lives in a process of its own, forked from the same parent: a sampler with a seed would give the first draw
of that seed to every trial. So its generators are set anew for each trial, by the seed and the trial's number.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, cast

from tradewind.authoring.location import caller_location
from tradewind.authoring.task import nearest
from tradewind.model.errors import DagFileError

SAMPLERS: dict[str, str] = {
    "tpe": "TPESampler",
    "random": "RandomSampler",
    "grid": "GridSampler",
    "cmaes": "CmaEsSampler",
    "gp": "GPSampler",
    "nsgaii": "NSGAIISampler",
    "qmc": "QMCSampler",
}
PRUNERS: dict[str, str] = {
    "none": "NopPruner",
    "median": "MedianPruner",
    "hyperband": "HyperbandPruner",
    "successive_halving": "SuccessiveHalvingPruner",
    "asha": "SuccessiveHalvingPruner",
    "percentile": "PercentilePruner",
    "threshold": "ThresholdPruner",
    "wilcoxon": "WilcoxonPruner",
}
NEEDED: dict[str, str] = {"cmaes": "cmaes", "gp": "torch"}
"""Libraries that Optuna wants besides."""
MAX_SEED = 2**32


def checked_name(given: Any, table: Mapping[str, str], argument: str) -> Any:
    """A word of the table, or an object. Raises DagFileError."""
    if isinstance(given, str) and given not in table:
        raise DagFileError(
            f"{argument}={given!r} is not known here",
            location=caller_location(),
            hint=f"{nearest(given, list(table))}; there are {', '.join(table)}, or an object of Optuna's",
        )
    return given


def name_of_searcher(given: Any) -> str:
    return given if isinstance(given, str) else type(given).__name__


def make_sampler(given: Any, *, seed: int | None, number: int, parallel: int, grid: Any) -> Any:
    """The sampler for one trial. Raises ModuleNotFoundError where it needs a library that is not here."""
    from optuna import samplers  # an optional extra

    if not isinstance(given, str):
        return _seeded_anew(given, number)
    cls = getattr(samplers, SAMPLERS[given])
    own = None if seed is None else _mixed(seed, number)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Optuna's, about what it calls experimental
        if given == "grid":
            return cls(grid, seed=seed or 0)
        if given == "qmc":
            return _seeded_anew(cls(seed=seed or 0), number)
        if given == "tpe":
            return cls(seed=own, constant_liar=parallel > 1)
        return cls(seed=own)


def make_pruner(given: Any) -> Any:
    """The pruner, the same for all trials."""
    from optuna import pruners  # an optional extra

    if not isinstance(given, str):
        return given
    if given == "percentile":
        return pruners.PercentilePruner(25.0)
    return cast("Callable[[], Any]", getattr(pruners, PRUNERS[given]))()


def _mixed(seed: int, number: int) -> int:
    """Another for each trial, the same each time."""
    import numpy as np  # Optuna has it

    return int(np.random.SeedSequence([seed % MAX_SEED, number]).generate_state(1)[0])


def _seeded_anew(sampler: Any, number: int) -> Any:
    """Its generators, and those of samplers in it, where the seed and the trial's number put them."""
    from optuna.samplers import BaseSampler  # an optional extra
    from optuna.samplers._lazy_random_state import LazyRandomState  # pyright: ignore  # what all of them draw from

    for value in list(cast("dict[str, Any]", vars(sampler)).values()):
        if isinstance(value, LazyRandomState):
            generator = cast("Any", value).rng
            generator.seed(_mixed(int(generator.randint(2**31)), number))
        elif isinstance(value, BaseSampler):
            _seeded_anew(value, number)
    return sampler
