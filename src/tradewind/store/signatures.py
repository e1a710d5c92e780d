"""The store's methods as messages: what a method takes and gives, as types that msgspec encodes. So a client far away
asks with the same words as one that has the database open."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from tradewind.store.base import Store

_LISTS = (Collection, Iterable, Sequence)


@cache
def signature_of(name: str) -> inspect.Signature:
    return inspect.signature(getattr(Store, name))


@cache
def arguments_of(name: str) -> type[Struct]:
    """A Struct with a field for each parameter of the method."""
    method = getattr(Store, name)
    hints = get_type_hints(method)
    fields: list[Any] = []
    for parameter in list(signature_of(name).parameters.values())[1:]:
        kind = _plain(hints[parameter.name])
        if parameter.default is inspect.Parameter.empty:
            fields.append((parameter.name, kind))
        else:
            fields.append((parameter.name, kind, parameter.default))
    return msgspec.defstruct(f"{name}_arguments", fields, frozen=True, kw_only=True)


@cache
def answer_of(name: str) -> Any:
    return _plain(get_type_hints(getattr(Store, name))["return"])


def _plain(kind: Any) -> Any:
    """The same type in words that msgspec knows."""
    origin: Any = get_origin(kind)
    inner = tuple(_plain(one) for one in get_args(kind))
    if kind is object:
        return Any
    if origin in _LISTS:
        return list[inner[0]]
    if origin is Mapping:
        return dict[inner[0], inner[1]]
    if origin in (Union, UnionType):
        return Union[inner]  # noqa: UP007  # made of a tuple
    if inner and isinstance(origin, type):
        generic: Any = origin
        return generic[inner]
    return kind
