"""The small functions that Airflow's helper modules offer and DAG files and provider packages import."""

from __future__ import annotations

import getpass
import hashlib
import os
import random
import re
import string
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from typing import Any, TypeVar, cast

from tradewind.authoring.exceptions import AirflowException

T = TypeVar("T")
KEY = re.compile(r"^[\w.-]+$")
TRUE_WORDS = frozenset({"on", "t", "true", "y", "yes", "1"})


def chunks(items: list[T], chunk_size: int) -> Iterator[list[T]]:
    """Pieces of a list, each of `chunk_size` but the last. Raises ValueError for a size below 1."""
    if chunk_size <= 0:
        raise ValueError("Chunk size must be a positive integer")
    for start in range(0, len(items), chunk_size):
        yield items[start : start + chunk_size]


def reduce_in_chunks(
    fn: Callable[[Any, list[T]], Any], iterable: list[T], initializer: Any, chunk_size: int = 0
) -> Any:
    if not iterable:
        return initializer
    return reduce(fn, chunks(iterable, chunk_size or len(iterable)), initializer)


def exactly_one(*args: Any) -> bool:
    """Whether one of these, and no other, is true."""
    if any(isinstance(arg, list | tuple | set) for arg in args):
        raise ValueError("pass the values themselves, not a collection of them: exactly_one(*values)")
    return sum(map(bool, args)) == 1


def at_most_one(*args: Any) -> bool:
    return sum(map(bool, args)) <= 1


def prune_dict(val: Any, mode: str = "strict") -> Any:
    """Dicts and lists without what is None (`strict`) or without what is empty (`truthy`), at every depth."""
    if mode not in ("strict", "truthy"):
        raise ValueError("allowable values for `mode` are 'truthy' and 'strict'")

    def is_out(value: Any) -> bool:
        return value is None if mode == "strict" else not value

    if isinstance(val, dict):
        pairs = ((k, prune_dict(v, mode)) for k, v in cast("dict[Any, Any]", val).items() if not is_out(v))
        return {k: v for k, v in pairs if mode == "strict" or not is_out(v)}
    if isinstance(val, list):
        items = (prune_dict(v, mode) for v in cast("list[Any]", val) if not is_out(v))
        return [v for v in items if mode == "strict" or not is_out(v)]
    return val


def merge_dicts(dict1: Mapping[Any, Any], dict2: Mapping[Any, Any]) -> dict[Any, Any]:
    """Both, the second one's values winning; dicts inside are merged too."""
    merged = dict(dict1)
    for key, value in dict2.items():
        both = isinstance(merged.get(key), Mapping) and isinstance(value, Mapping)
        merged[key] = merge_dicts(merged[key], cast("Mapping[Any, Any]", value)) if both else value
    return merged


def validate_key(k: str, max_length: int = 250) -> None:
    """Raises TypeError or AirflowException for what cannot be a DAG's or task's id."""
    if not isinstance(k, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # users' values
        raise TypeError(f"The key has to be a string and is {type(k)}:{k}")
    if len(k) > max_length:
        raise AirflowException(f"The key has to be less than {max_length} characters")
    if not KEY.match(k):
        raise AirflowException(f"The key {k!r} may have letters, digits, dashes, dots and underscores only")


def is_container(obj: Any) -> bool:
    return hasattr(obj, "__iter__") and not isinstance(obj, str)


def as_tuple(obj: Any) -> tuple[Any, ...]:
    return tuple(obj) if is_container(obj) else (obj,)


def as_flattened_list(iterable: Iterable[Iterable[T]]) -> list[T]:
    return [item for inner in iterable for item in inner]


def convert_camel_to_snake(camel_str: str) -> str:
    return re.sub(r"(?!^)([A-Z]+)", r"_\1", camel_str).lower()


def partition(pred: Callable[[T], bool], iterable: Iterable[T]) -> tuple[Iterable[T], Iterable[T]]:
    """(those for which it is false, those for which it is true)"""
    items = list(iterable)
    return (item for item in items if not pred(item)), (item for item in items if pred(item))


def render_template_to_string(template: Any, context: Any) -> str:
    return template.render(context)


def get_random_string(length: int = 8, choices: str = string.ascii_letters + string.digits) -> str:
    return "".join(random.choices(choices, k=length))


def to_boolean(astring: str | None) -> bool:
    """Whether the text is a word for yes."""
    return astring is not None and astring.strip().lower() in TRUE_WORDS


def getuser() -> str:
    """Name of the user this process runs as."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def is_tty() -> bool:
    return os.isatty(0) and os.isatty(1)


def md5(data: bytes = b"", **_: Any) -> Any:
    """MD5 for keys and names, allowed where FIPS forbids it for security."""
    return hashlib.md5(data, usedforsecurity=False)


@contextmanager
def patch_environ(new_env_variables: Mapping[str, str]) -> Generator[None]:
    """Environment variables that are set inside the block and as before behind it."""
    before = {name: os.environ.get(name) for name in new_env_variables}
    os.environ.update(new_env_variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def remove_task_decorator(python_source: str, task_decorator_name: str) -> str:
    """A function's source without one decorator: `@task.virtualenv(...)`."""
    name = task_decorator_name.lstrip("@")
    pattern = rf"^[ \t]*@{re.escape(name)}(\((?:[^()]|\([^()]*\))*\))?[ \t]*\n"
    return re.sub(pattern, "", python_source, flags=re.MULTILINE)
