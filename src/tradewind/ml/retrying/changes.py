"""What a retry may change: one argument or param of the task, from its value in the try that failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct


class CannotChange(Exception):
    """Its text says why: the value is at its bound, or is none that can be changed so."""


class Change(Struct, frozen=True):
    name: str
    """Of an argument of the task's function, a param, or an attribute of the operator."""
    next_value: Callable[[Any], Any]
    """Raises CannotChange."""


def halve(name: str, *, at_least: float = 1) -> Change:
    """Half of it, rounded down where it is a whole number, and not below `at_least`."""
    return scale(name, 0.5, at_least=at_least)


def double(name: str, *, at_most: float | None = None) -> Change:
    return scale(name, 2.0, at_most=at_most)


def scale(name: str, by: float, *, at_least: float | None = None, at_most: float | None = None) -> Change:
    """`by` times it. A whole number stays one."""

    def scaled(value: Any) -> Any:
        number = _number(name, value)
        wanted = number * by
        if at_least is not None:
            wanted = max(wanted, at_least)
        if at_most is not None:
            wanted = min(wanted, at_most)
        found = int(wanted) if isinstance(number, int) else float(wanted)
        if found == number or (number > 0) != (found > 0):
            raise CannotChange(f"{name} is {value} already")
        return str(found) if isinstance(value, str) else found

    return Change(name, scaled)


def use(name: str, value: Any) -> Change:
    """This value from now on."""

    def fixed(old: Any) -> Any:
        if old == value:
            raise CannotChange(f"{name} is {value!r} already")
        return value

    return Change(name, fixed)


def _number(name: str, value: Any) -> int | float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if isinstance(value, str):  # a template gives text
        for kind in (int, float):
            try:
                return kind(value)
            except ValueError:
                continue
    if not isinstance(value, (str, bool)) and (item := getattr(value, "item", None)) is not None:  # of NumPy
        return _number(name, item())
    raise CannotChange(f"{name} is {value!r:.60}, no number")
