"""What cannot go from one process to another, and what to do instead: said by name, with the place inside a value."""

from __future__ import annotations

import importlib
import io
import types
from collections.abc import Iterator
from typing import Any, cast

from tradewind.model.errors import ValueStoreError

MAX_LEAVES_TRIED = 200

_GENERATORS = (types.GeneratorType, types.AsyncGeneratorType)
_HINTS = (
    ("lock", "leave it out of the value: a lock means nothing in another process"),
    ("sqlite3", "return the data you read, or the file's path, and connect again in the next task"),
    ("psycopg", "return the data you read, and connect again in the next task"),
    ("sqlalchemy", "return the data you read, and connect again in the next task"),
    ("socket", "return what you received, and connect again in the next task"),
    ("thread", "wait for the thread's result and return that"),
    ("module", "import the module in the task that needs it"),
    ("_io.", "return the file's path, or what you read from it"),
)


def refuse_what_no_task_can_use(value: Any) -> None:
    """Raises ValueStoreError for values that pickle would refuse less clearly, or carry without their meaning."""
    if isinstance(value, _GENERATORS):
        raise _refusal(value, "it is used up by reading it", "return list(…) of it")
    if isinstance(value, types.CoroutineType):
        raise _refusal(value, "it has not run", "await it, or call asyncio.run(…), and return the result")
    if isinstance(value, io.IOBase) and not isinstance(value, io.BytesIO | io.StringIO):
        raise _refusal(value, "an open file ends with its process", "return the file's path, or what you read from it")


def cannot_pickle(value: Any, error: Exception) -> ValueStoreError:
    """The error for a value that pickle refused, naming the innermost culprit that can be found."""
    place, culprit = _culprit(value)
    kind = _name(culprit)
    text = f"{kind} {error}".lower()
    hint = next((hint for word, hint in _HINTS if word in text), "")
    if isinstance(culprit, _GENERATORS):
        hint = "put list(…) of the generator into the value"
    where = f" (at {place} of the value)" if place else ""
    return ValueStoreError(
        f"a value of type {_name(value)} cannot be handed to another task: {type(error).__name__}: {error}{where}",
        hint=hint or "return plain data, or save it to a file and return the path",
    )


def place_of(leaf: Any, value: Any) -> str:
    """Where in nested containers this very object is, as one would write it: `['model'][0]`."""
    for name, child in _children(value):
        if child is leaf:
            return name
        if isinstance(child, dict | list | tuple) and (below := place_of(leaf, child)):
            return name + below
    return ""


def _refusal(value: Any, why: str, hint: str) -> ValueStoreError:
    return ValueStoreError(f"a value of type {_name(value)} cannot be handed to another task: {why}", hint=hint)


def _culprit(value: Any, place: str = "", left: list[int] | None = None) -> tuple[str, Any]:
    """Follow the first child that cannot be pickled alone, a bounded number of tries deep."""
    left = [MAX_LEAVES_TRIED] if left is None else left
    for name, child in _children(value):
        if left[0] == 0:
            break
        left[0] -= 1
        if not _can_be_pickled(child):
            return _culprit(child, place + name, left)
    return place, value


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in cast("dict[Any, Any]", value).items():
            yield f"[{key!r}]", item
    elif isinstance(value, list | tuple):
        for number, item in enumerate(cast("list[Any]", value)):
            yield f"[{number}]", item
    else:
        for name, item in list(cast("dict[str, Any]", getattr(value, "__dict__", {})).items()):
            yield f".{name}", item


def _can_be_pickled(value: Any) -> bool:
    if value is None or isinstance(value, str | int | float | bytes):
        return True
    try:
        load_cloudpickle().dump(value, _Nowhere(), protocol=5, buffer_callback=_beside)
    except Exception:
        return False
    return True


def load_cloudpickle() -> Any:
    return importlib.import_module("cloudpickle")  # 70 ms: only for what pickle itself refuses


def _beside(buffer: Any) -> None:
    pass


class _Nowhere:
    """Takes bytes and keeps none."""

    def write(self, data: Any) -> int:
        return len(data)


def _name(value: object) -> str:
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
