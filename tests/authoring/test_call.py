"""Which arguments a function gets of its own and of the context."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tradewind.authoring.call import call_with_context, determine_kwargs, name_of


class Watched(Mapping[str, Any]):
    """A context that notes what was looked at."""

    def __init__(self, **values: Any) -> None:
        self.values_of, self.looked_at = values, set[str]()

    def __getitem__(self, name: str) -> Any:
        self.looked_at.add(name)
        return self.values_of[name]

    def __contains__(self, name: object) -> bool:
        return name in self.values_of

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_of)

    def __len__(self) -> int:
        return len(self.values_of)


def takes_two(ds: str, x: int = 0) -> Any:
    return ds, x


def takes_all(x: int, **context: Any) -> Any:
    return x, sorted(context)


def takes_none() -> Any:
    return "none"


@pytest.mark.parametrize(
    ("function", "args", "kwargs", "expected"),
    [
        (takes_two, (), {"x": 3}, ("2025-01-01", 3)),
        (takes_two, (), {"ds": "mine"}, ("mine", 0)),
        (takes_none, (), {"x": 3}, "none"),
        (takes_all, (), {"x": 3}, (3, ["ds", "ti"])),
        (takes_all, (3,), {}, (3, ["ds", "ti"])),
        (functools.partial(takes_two, x=9), (), {}, ("2025-01-01", 9)),
    ],
)
def test_functions_get_what_they_ask_for(function: Any, args: Any, kwargs: Any, expected: Any) -> None:
    assert call_with_context(function, args, kwargs, {"ds": "2025-01-01", "ti": None}) == expected


def test_only_what_is_asked_for_is_looked_at() -> None:
    context = Watched(ds="2025-01-01", logical_date="costly")
    call_with_context(takes_two, (), {}, context)
    assert context.looked_at == {"ds"}


def test_a_context_variable_filled_by_position_is_refused() -> None:
    with pytest.raises(ValueError, match="The key 'ds' in args is a part of kwargs and therefore reserved"):
        determine_kwargs(takes_two, ("mine",), {"ds": "2025-01-01"})


def test_names() -> None:
    assert [name_of(f) for f in (takes_two, functools.partial(takes_two), print, 3)] == [
        "takes_two",
        "takes_two",
        "print",
        "int",
    ]
