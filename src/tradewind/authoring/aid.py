"""What a task can have beside its operator: optional behaviour around a try, one small class each.

Given as `aids=[…]` on any operator or `@task`, in `default_args` for all of a DAG, or by an argument of its own
(`cache=`). Nothing of it is looked at where a task has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from msgspec import Struct

from tradewind.model.messages import RunTry
from tradewind.model.outcomes import Succeeded
from tradewind.model.spec import DagSpec
from tradewind.model.values import Value


class Described(Struct, frozen=True):
    """Stands for a value that another task handed on, where nobody wants to look into it."""

    value: Value


CACHE = "tradewind.ml.cache"
"""Named by text, since that room is built on this one; loaded where a task asks for it."""


class AidedTry(Protocol):
    """A try as its aids see it."""

    message: RunTry
    spec: DagSpec
    task: Any
    """As the DAG has it: mapped, where it is."""
    operator: Any
    """The task's own copy for this try, its templates rendered (not yet, where `reuse` is asked)."""
    context: Any
    rendered: dict[str, Any] | None
    """Template fields for show."""

    def describing(self) -> AbstractContextManager[None]:
        """Within it, what other tasks handed on is not decoded: `Described` stands for it."""
        ...

    def pushed(self) -> Mapping[str, Value]:
        """What the task has pushed under keys of its own, so far."""
        ...


class Reused(NamedTuple):
    """The success of another try, which is this one's as well."""

    outcome: Succeeded
    why: str
    """`the same as in run X`: for the log."""
    rendered: dict[str, Any] | None = None
    """Template fields of that try, for show."""
    label: str | None = None
    """Its rendered `map_index_template`."""


class Aid:
    """Does nothing; subclasses overwrite what they need. All of it runs in the try's process."""

    in_debug: bool = False
    """It holds where a try is looked at again (`tradewind debug`, `tasks replay`), too, and writes nothing there."""
    modules: tuple[str, ...] = ()
    """What its tries import: where that is installed, it is imported once, before they are forked."""

    def reuse(self, attempt: AidedTry) -> Reused | None:
        """Asked before the task's templates are rendered, in the order of the aids; the first answer ends the try."""
        return None

    def before_rendering(self, attempt: AidedTry) -> None:
        """Before the task's templates are rendered: what params they are to see."""

    def around(self, attempt: AidedTry) -> AbstractContextManager[Any]:
        """Entered before the task runs, the first aid outermost. What is raised in it is the outcome of the try."""
        return nullcontext()

    def made(self, attempt: AidedTry, result: object, outcome: Succeeded) -> None:
        """After a success, its values encoded and described in `outcome`; not after a reuse."""


def aids_of(task: Any) -> tuple[Aid, ...]:
    """In their order: the cache first, since what is not run needs no other."""
    own = cast("Mapping[str, Any]", vars(task))
    found = (own.get("cache"), own.get("retry_policy"), *(own.get("aids") or ()))
    return tuple(one for one in found if isinstance(one, Aid))  # an operator may have attributes of these names


FRAME_LIBRARIES = frozenset({"pandas", "polars", "pyarrow"})
LEAST_SECONDS, MOST_ITEMS = 0.2, 20


def after_success(attempt: AidedTry, aids: Sequence[Aid], result: object, outcome: Succeeded, seconds: float) -> None:
    """What aids do when a task has succeeded after `seconds`, and what is done unasked: frames that it hands on are
    profiled, where that takes under a twentieth of its time. All other tasks pay a comparison for that."""
    for aid in aids:
        aid.made(attempt, result, outcome)
    if seconds >= LEAST_SECONDS and _has_frames(result):
        from tradewind.ml.profiling.aid import profile_unasked  # only where there are frames

        profile_unasked(attempt, aids, result, outcome, seconds)


def _has_frames(result: object) -> bool:
    items: Any = [result]
    if isinstance(result, (list, tuple, Mapping)) and len(cast("Sequence[Any]", result)) <= MOST_ITEMS:
        items = cast("Any", result.values() if isinstance(result, Mapping) else result)
    return any(type(item).__module__.partition(".")[0] in FRAME_LIBRARIES for item in items)


def checked_aids(value: Any) -> tuple[Aid, ...]:
    """For the table of arguments."""
    listed = cast("Sequence[object]", value if isinstance(value, (list, tuple)) else [] if value is None else [value])
    found = tuple(one for one in listed if isinstance(one, Aid))
    if len(found) == len(listed):
        return found
    raise ValueError("expected aids from tradewind.ml, e.g. aids=[ml.mlflow()]")


def checked_cache(value: Any) -> Aid | None:
    """For the table of arguments: True, False or `ml.Cache(…)`."""
    if value is None or value is False:
        return None
    if value is True:
        return import_module(CACHE).Cache()
    if isinstance(value, Aid):
        return value
    raise ValueError("expected True, False or ml.Cache(…)")
