"""The short text by which a person recognises a value. Made by its producer, secrets masked before anything is cut."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any, cast

from tradewind.artifacts.codecs.base import class_name, exact_type, is_from

MAX_CHARACTERS = 2_000
ITEMS_SHOWN = 50
ROWS_SHOWN = 10
DEPTH_SHOWN = 6
SAMPLE_ITEMS = 100_000
TEXT_SHOWN = 500
TEXT_MASKED = 200_000
"""Of a longer text only so much is searched for secrets, and shown none of what lies beyond."""

_BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    dict: ("{", "}"),
}

Mask = Callable[[str], str]


def preview(value: Any, mask: Mask | None = None) -> str:
    """At most 2,000 characters. Never fails: a value whose repr raises is shown by its type."""
    hide = mask or _as_it_is
    try:
        text = hide(_show(value, hide, DEPTH_SHOWN))
    except Exception as error:  # a user's __repr__
        text = f"<{class_name(value)}: its repr raised {type(error).__name__}>"
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def _as_it_is(text: str) -> str:
    return text


def _show(value: Any, hide: Mask, depth: int) -> str:
    if isinstance(value, str):
        return _cut(repr(hide(value[:TEXT_MASKED])), len(value) > TEXT_MASKED)
    if isinstance(value, bytes | bytearray):
        return _cut(hide(repr(bytes(value[:TEXT_MASKED]))), len(value) > TEXT_MASKED)
    if type(value) in (list, tuple, set, frozenset, dict):
        return _show_container(value, hide, depth)
    if is_from(value, "pandas") or is_from(value, "polars"):
        return _show_frame(value)
    if is_from(value, "numpy") and class_name(value) == "ndarray":
        return _show_array(value)
    if is_from(value, "pyarrow") or is_from(value, "torch"):
        return _cut(repr(value)) if getattr(value, "nbytes", 0) < 1 << 20 else f"<{class_name(value)}>"
    return _cut(hide(repr(value)[:TEXT_MASKED]))


def _show_container(value: Any, hide: Mask, depth: int) -> str:
    size, kind = _size(value), exact_type(value)
    if not size:
        return repr(value)
    opening, closing = _BRACKETS[kind]
    if depth == 0:
        return f"{opening}…{closing}"
    if kind is dict:
        items = cast("dict[Any, Any]", value).items()
        pairs = [pair for pair, _ in zip(items, range(ITEMS_SHOWN), strict=False)]
        shown = [f"{_show(key, hide, depth - 1)}: {_show(item, hide, depth - 1)}" for key, item in pairs]
    else:
        found = cast("list[Any]", value)
        shown = [_show(item, hide, depth - 1) for item, _ in zip(found, range(ITEMS_SHOWN), strict=False)]
    more = [f"… {size - ITEMS_SHOWN:,} more"] if size > ITEMS_SHOWN else []
    comma = "," if size == 1 and kind is tuple else ""
    return opening + ", ".join(shown + more) + comma + closing


def _size(value: Sized) -> int:
    return len(value)


def _show_frame(value: Any) -> str:
    if class_name(value) == "LazyFrame" or not hasattr(value, "head"):
        return _cut(repr(value[:ROWS_SHOWN])) if hasattr(value, "__getitem__") else f"<{class_name(value)}>"
    head = value.head(ROWS_SHOWN)
    if class_name(value) == "DataFrame" and is_from(value, "pandas"):
        head = head.iloc[:, :20]
        text = head.to_string(max_colwidth=60)
    else:
        text = str(head)
    return f"{text}\n[{' x '.join(map(str, value.shape))}]"


def _show_array(value: Any) -> str:
    """Its first numbers, and for numbers their range: of a large array only of a sample."""
    flat = _in_memory_order(value)
    text = f"array of shape {value.shape}, {value.dtype}: {str(flat[:ITEMS_SHOWN]).replace(chr(10), '')}"
    if value.size and value.dtype.kind in "iuf":
        sample = flat[:: max(1, value.size // SAMPLE_ITEMS)]
        text += f"; min {sample.min():.6g}, mean {sample.mean():.6g}, max {sample.max():.6g}"
        text += " (of a sample)" if sample.size < value.size else ""
    return text


def _in_memory_order(array: Any) -> Any:
    """One dimension without a copy; of an array that is scattered in memory only its first numbers."""
    if array.flags.c_contiguous or array.flags.f_contiguous:
        return array.ravel(order="K")
    return array.flat[:SAMPLE_ITEMS]


def _cut(text: str, is_longer: bool = False) -> str:
    return text[:TEXT_SHOWN] + "…" if is_longer or len(text) > TEXT_SHOWN else text
