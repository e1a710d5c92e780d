"""What differs between two values: by hash first, then by type, shape and schema, then by what is in them.

Decodes both where it has to, so only processes that may run the author's code call it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from tradewind.artifacts.encoding import decode
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.values import Value

MOST_LINES = 20
MOST_LEVELS = 8
WIDEST = 60


def difference(old: Value, new: Value, store: ArtifactStore, new_store: ArtifactStore | None = None) -> tuple[str, ...]:
    """A line for each thing that differs, at most MOST_LINES; none where the values are the same. Values of different
    bytes that are equal all the same (an order of keys, a time of pickling) count as the same.

    Raises ValueStoreError for one that is gone or cannot be rebuilt here."""
    if old.hash == new.hash:
        return ()
    lines = list(described(old, new))
    if not lines:
        lines = list(between(decode(old, store), decode(new, new_store or store)))
    return tuple(lines[:MOST_LINES])


def between(old: Any, new: Any) -> tuple[str, ...]:
    """The same of two values at hand."""
    return tuple(islice(_compared("", old, new, MOST_LEVELS), MOST_LINES))


def described(old: Value, new: Value) -> Iterator[str]:
    """What the descriptions say, without looking into them."""
    if old.type != new.type:
        yield f"type {old.type} → {new.type}"
    if old.shape != new.shape:
        yield f"shape {old.shape} → {new.shape}"
    before, after = old.schema or {}, new.schema or {}
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield f"column {name}: {before.get(name, 'not there')} → {after.get(name, 'not there')}"


def _compared(place: str, old: Any, new: Any, levels: int) -> Iterator[str]:
    where = f"{place}: " if place else ""
    if type(old) is not type(new):
        yield f"{where}{_short(old)} → {_short(new)}"
    elif _is_of("numpy", old, "ndarray"):
        yield from _arrays(where, old, new)
    elif _is_of("pandas", old, "DataFrame"):
        yield from _frames(place, old, new)
    elif _is_of("pandas", old, "Series"):
        yield from _arrays(where, old.to_numpy(), new.to_numpy())
    elif _is_of("torch", old, "Tensor"):
        yield from _arrays(where, old.detach().cpu().numpy(), new.detach().cpu().numpy())
    elif isinstance(old, Mapping) and levels:
        yield from _mappings(place, cast("Mapping[Any, Any]", old), cast("Mapping[Any, Any]", new), levels)
    elif isinstance(old, (list, tuple)) and levels:
        yield from _sequences(place, cast("Sequence[Any]", old), cast("Sequence[Any]", new), levels)
    elif isinstance(old, (int, float)) and not isinstance(old, bool):
        yield from _numbers(where, old, new)
    elif not _is_equal(old, new):
        yield from _others(place, old, new, levels)


def _mappings(place: str, old: Mapping[Any, Any], new: Mapping[Any, Any], levels: int) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        inner = f"{place}.{key}" if place else str(key)
        if key not in new:
            yield f"{inner}: {_short(old[key])} → not there"
        elif key not in old:
            yield f"{inner}: not there → {_short(new[key])}"
        else:
            yield from _compared(inner, old[key], new[key], levels - 1)


def _sequences(place: str, old: Sequence[Any], new: Sequence[Any], levels: int) -> Iterator[str]:
    if len(old) != len(new):
        yield f"{place or 'length'}: {len(old):,} → {len(new):,} items"
    for index, (before, after) in enumerate(zip(old, new, strict=False)):
        yield from _compared(f"{place}[{index}]", before, after, levels - 1)


def _numbers(where: str, old: float, new: float) -> Iterator[str]:
    if old != new and not (math.isnan(old) and math.isnan(new)):
        yield f"{where}{old!r} → {new!r} ({new - old:+.3g})"


def _arrays(where: str, old: Any, new: Any) -> Iterator[str]:
    if old.shape != new.shape or old.dtype != new.dtype:
        yield f"{where}{old.dtype}{list(old.shape)} → {new.dtype}{list(new.shape)}"
        return
    both_missing = (old != old) & (new != new)
    unequal = (old != new) & ~both_missing
    if count := int(unequal.sum()):
        most = ""
        if old.dtype.kind in "fiub":
            most = f", by up to {abs(old[unequal].astype(float) - new[unequal].astype(float)).max():.3g}"
        yield f"{where}{count:,} of {old.size:,} values differ{most}"


def _frames(place: str, old: Any, new: Any) -> Iterator[str]:
    if list(old.columns) != list(new.columns) or len(old) != len(new):
        yield f"{place or 'frame'}: {old.shape} {list(old.columns)[:6]} → {new.shape} {list(new.columns)[:6]}"
        return
    if not old.index.equals(new.index):
        yield f"{place or 'frame'}: another index"
    for name in old.columns:
        before, after = old[name], new[name]
        count = int((~((before == after) | (before.isna() & after.isna()))).sum())
        if before.dtype != after.dtype:
            yield f"column {name}: {before.dtype} → {after.dtype}"
        elif count:
            most = f", by up to {(before - after).abs().max():.3g}" if before.dtype.kind in "fiu" else ""
            yield f"column {name}: {count:,} of {len(old):,} rows differ{most}"


def _others(place: str, old: Any, new: Any, levels: int) -> Iterator[str]:
    """Objects by their attributes: a fitted model says which of its weights are others."""
    before, after = getattr(old, "__dict__", None), getattr(new, "__dict__", None)
    if not levels or not before or before.keys() != (after or {}).keys():
        yield f"{place + ': ' if place else ''}{_short(old)} → {_short(new)}"
        return
    yield from _mappings(place, before, cast("Mapping[Any, Any]", after), levels)


def _is_equal(old: Any, new: Any) -> bool:
    try:
        return bool(old == new)
    except Exception:  # whatever an author's __eq__ does
        return False


def _is_of(module: str, value: Any, name: str) -> bool:
    """Of a library that is loaded: a value of one that is not cannot be here."""
    found = getattr(sys.modules.get(module), name, None)
    return found is not None and isinstance(value, found)


def _short(value: Any) -> str:
    text = repr(value).replace("\n", " ")
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
