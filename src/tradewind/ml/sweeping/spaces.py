"""What a sweep searches: dimensions of a space, and what a trial's parameters are in it.

Nothing of Optuna is imported while a DAG file is only written: a dimension is plain data until a trial asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from tradewind.authoring.call import name_of
from tradewind.authoring.location import caller_location
from tradewind.model.errors import DagFileError

MAX_LABEL_CHARACTERS = 80


@dataclass(frozen=True)
class Range:
    """Numbers from `low` to `high`, both included."""

    low: float
    high: float
    log: bool = False
    step: float | None = None
    is_int: bool = False

    def distribution(self) -> Any:
        """As Optuna has it."""
        from optuna import distributions  # an optional extra

        if self.is_int:
            step = 1 if self.step is None else int(self.step)
            return distributions.IntDistribution(int(self.low), int(self.high), log=self.log, step=step)
        return distributions.FloatDistribution(self.low, self.high, log=self.log, step=self.step)

    def meant(self, value: Any) -> Any:
        """What the task gets for what Optuna has chosen."""
        return value

    def points(self) -> list[Any] | None:
        """All values, for a grid; None where they cannot be counted."""
        if self.log or (self.step is None and not self.is_int):
            return None
        step = self.step or 1
        count = int((self.high - self.low) / step + 1e-9) + 1
        return [int(self.low + i * step) if self.is_int else self.low + i * step for i in range(count)]

    def described(self) -> dict[str, Any]:
        kind = "int" if self.is_int else "float"
        return {"kind": kind, "low": self.low, "high": self.high, "log": self.log, "step": self.step}


class Choice:
    """One of several values of any type. Optuna sees numbers, texts, booleans, None as they are, others by a label."""

    def __init__(self, options: Iterable[Any]) -> None:
        self.options = list(options)
        plain = all(one is None or isinstance(one, (bool, int, float, str)) for one in self.options)
        self.labels: list[Any] = self.options if plain else _labels(self.options)

    def distribution(self) -> Any:
        """As Optuna has it."""
        from optuna import distributions  # an optional extra

        return distributions.CategoricalDistribution(self.labels)

    def meant(self, value: Any) -> Any:
        """What the task gets for what Optuna has chosen."""
        found = [i for i, label in enumerate(self.labels) if label == value and type(label) is type(value)]
        return self.options[found[0] if found else self.labels.index(value)]

    def points(self) -> list[Any] | None:
        """All values, for a grid."""
        return self.labels

    def described(self) -> dict[str, Any]:
        return {"kind": "choice", "options": self.labels}


class FromOptuna:
    """A distribution of Optuna's own."""

    def __init__(self, distribution: Any) -> None:
        self._distribution = distribution

    def distribution(self) -> Any:
        """As Optuna has it."""
        return self._distribution

    def meant(self, value: Any) -> Any:
        """What the task gets for what Optuna has chosen."""
        return value

    def points(self) -> list[Any] | None:
        """All values, for a grid; None where they cannot be counted."""
        own = self._distribution
        if hasattr(own, "choices"):
            return list(own.choices)
        is_int = type(own).__name__.startswith("Int")
        return Range(own.low, own.high, own.log, own.step, is_int).points()

    def described(self) -> dict[str, Any]:
        own = self._distribution
        if hasattr(own, "choices"):
            return {"kind": "choice", "options": list(own.choices)}
        kind = "int" if type(own).__name__.startswith("Int") else "float"
        return {"kind": kind, "low": own.low, "high": own.high, "log": own.log, "step": own.step}


Dimension: TypeAlias = Range | Choice | FromOptuna
SpaceFunction: TypeAlias = Callable[[Any], Mapping[str, Any] | None]


def uniform(low: float, high: float, step: float | None = None) -> Range:
    """A number between two others, in steps where `step` is given. Raises DagFileError."""
    return _checked(Range(float(low), float(high), step=step))


def loguniform(low: float, high: float) -> Range:
    """A number between two positive ones, each order of magnitude as likely as the next. Raises DagFileError."""
    return _checked(Range(float(low), float(high), log=True))


def integer(low: int, high: int, step: int = 1, *, log: bool = False) -> Range:
    """A whole number, both ends included: `ml.int(…)`. Raises DagFileError."""
    if int(low) != low or int(high) != high:
        raise DagFileError(
            f"ml.int({low}, {high}): the bounds of whole numbers are whole",
            location=caller_location(),
            hint=f"ml.uniform({low}, {high}) for any number between",
        )
    return _checked(Range(low, high, log=log, step=None if log else step, is_int=True))


def choice(*options: Any) -> Choice:
    """One of these: `ml.choice("adam", "sgd")` or `ml.choice(["adam", "sgd"])`. Raises DagFileError."""
    given = options
    if len(options) == 1 and isinstance(options[0], (list, tuple, set)):
        listed = tuple(cast("Iterable[Any]", options[0]))
        given = tuple(sorted(listed, key=repr)) if isinstance(options[0], set) else listed
    if not given:
        raise DagFileError("ml.choice() has nothing to choose from", location=caller_location(), hint='ml.choice("a")')
    return Choice(given)


class Space:
    """All dimensions by name; or a function that asks a trial for what depends on what it was given before."""

    def __init__(self, dimensions: Mapping[str, Dimension], function: SpaceFunction | None = None) -> None:
        self.dimensions = dict(dimensions)
        self.function = function

    def suggest(self, trial: Any) -> dict[str, Any]:
        """The arguments of the task for this trial of Optuna's; asks for what it has not been asked for."""
        if self.function is not None:
            found = self.function(trial)
            return dict(trial.params if found is None else found)
        for name, dimension in self.dimensions.items():
            _suggest(trial, name, dimension.distribution())
        return self.meant(trial.params)

    def meant(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The task's arguments, of Optuna's parameters."""
        dimensions = self.dimensions
        return {name: dimensions[name].meant(value) if name in dimensions else value for name, value in params.items()}

    def distributions(self) -> dict[str, Any]:
        """Optuna's, by name; empty where a function makes them."""
        return {name: dimension.distribution() for name, dimension in self.dimensions.items()}

    def as_texts(self) -> dict[str, str]:
        """The same as JSON."""
        return texts_of(self.distributions())

    def described(self) -> dict[str, Any]:
        if self.function is not None:
            return {"function": {"kind": "function", "name": name_of(self.function)}}
        return {name: dimension.described() for name, dimension in self.dimensions.items()}

    def grid(self) -> dict[str, list[Any]] | None:
        """All points of each dimension; None where one of them has no end of them."""
        found = {name: dimension.points() for name, dimension in self.dimensions.items()}
        grid = {name: points for name, points in found.items() if points is not None}
        return grid if found and len(grid) == len(found) else None


def space_of(given: Any) -> Space:
    """What the author wrote. Raises DagFileError naming the dimension that cannot be understood."""
    if callable(given):
        return Space({}, cast("SpaceFunction", given))
    if not isinstance(given, Mapping) or not given:
        raise DagFileError(
            f"a space is a dict of dimensions or a function(trial), not {given!r:.60}",
            location=caller_location(),
            hint='space={"lr": ml.loguniform(1e-4, 1e-1), "depth": ml.int(2, 8)}',
        )
    mapping = cast("Mapping[Any, Any]", given)
    return Space({str(name): _dimension(str(name), value) for name, value in mapping.items()})


def texts_of(distributions: Mapping[str, Any]) -> dict[str, str]:
    """Distributions as JSON texts, by name."""
    from optuna.distributions import distribution_to_json  # an optional extra

    return {name: distribution_to_json(one) for name, one in distributions.items()}


def distributions_of(texts: Mapping[str, str]) -> dict[str, Any]:
    """And back."""
    from optuna.distributions import json_to_distribution  # an optional extra

    return {name: json_to_distribution(text) for name, text in texts.items()}


def _dimension(name: str, value: Any) -> Dimension:
    written = repr(value)[:60]
    if isinstance(value, (Range, Choice, FromOptuna)):
        return value
    if isinstance(value, list) and value:
        return Choice(cast("list[Any]", value))
    kind = cast("type[Any]", cast("Any", value).__class__)
    if kind.__module__.startswith("optuna.") and kind.__name__.endswith("Distribution"):
        return FromOptuna(value)
    raise DagFileError(
        f"the space's {name!r} is {written}, which says nothing about where to search",
        location=caller_location(),
        hint="ml.uniform(low, high), ml.loguniform(low, high), ml.int(low, high) or ml.choice([…])",
    )


def _suggest(trial: Any, name: str, distribution: Any) -> None:
    kind = type(distribution).__name__
    if kind == "CategoricalDistribution":
        trial.suggest_categorical(name, distribution.choices)
    elif kind == "IntDistribution":
        trial.suggest_int(name, distribution.low, distribution.high, step=distribution.step, log=distribution.log)
    else:
        trial.suggest_float(name, distribution.low, distribution.high, step=distribution.step, log=distribution.log)


def _checked(found: Range) -> Range:
    if not found.low <= found.high:
        raise DagFileError(
            f"a range from {found.low:g} to {found.high:g} holds nothing",
            location=caller_location(),
            hint="the lower bound comes first",
        )
    if found.log and found.low <= 0:
        raise DagFileError(
            f"a logarithmic range cannot begin at {found.low:g}", location=caller_location(), hint="begin above 0"
        )
    if found.step is not None and found.step <= 0:
        raise DagFileError(f"a step is positive, not {found.step:g}", location=caller_location(), hint="step=0.1")
    return found


def _labels(options: list[Any]) -> list[Any]:
    """Texts that are the same in every process: a function's has no address in it."""
    texts = [name_of(one) if callable(one) else repr(one)[:MAX_LABEL_CHARACTERS] for one in options]
    if any(" at 0x" in text for text in texts) or len(set(texts)) < len(texts):
        return [f"{number}: {text.partition(' at 0x')[0]}" for number, text in enumerate(texts)]
    return list(texts)
