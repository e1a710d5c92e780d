"""Template fields as they were rendered, and a mapped instance's label: plain, masked and cut, for people to see."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from types import FunctionType, MethodType
from typing import Any, cast

from tradewind.authoring.reading import Lazy
from tradewind.authoring.secrets import MASK, redact, should_hide_value_for_key

MAX_CHARACTERS = 4_096
MAX_ITEMS = 100
MAX_DEPTH = 4
MAX_LABEL_CHARACTERS = 250


def rendered_fields(operator: Any) -> dict[str, Any]:
    """Field → value, as plain data that any process can read."""
    return {name: shown(getattr(operator, name, None), name) for name in operator.template_fields}


def label_of(operator: Any, context: Any) -> str | None:
    """The rendered `map_index_template`; None where there is none or it names what is not there yet."""
    template = operator.map_index_template
    if not template or context["ti"].map_index < 0:
        return None
    try:
        # Rendered as a native object, a name that is not there is no error until it is made a text.
        text = str(operator.render_template(template, context))
    except Exception:
        return None
    return redact(text)[:MAX_LABEL_CHARACTERS]


def shown(value: Any, name: str | None = None, depth: int = MAX_DEPTH) -> Any:
    """A short, plain form of any value. Each text is masked, then cut; large containers lose their tail, and what may
    be costly to look at (a sequence of upstream values, a frame, a model) is named by its type."""
    if value is None or isinstance(value, bool):
        return value
    if name is not None and should_hide_value_for_key(name):
        return MASK
    if isinstance(value, float):
        return float(value)  # NumPy's is a subclass, which no frame can carry
    if isinstance(value, int):
        return int(value) if -(2**63) <= value < 2**64 else _cut(str(value))
    if isinstance(value, str):
        return _cut(redact(value))
    if isinstance(value, Lazy):
        return f"<{len(value)} values>"
    if depth and isinstance(value, dict):
        entries = islice(cast("dict[Any, Any]", value).items(), MAX_ITEMS)
        return {_cut(redact(str(key))): shown(item, str(key), depth - 1) for key, item in entries}
    if depth and isinstance(value, (list, tuple, set, frozenset)):
        return [shown(item, None, depth - 1) for item in islice(cast("Iterable[Any]", value), MAX_ITEMS)]
    return _cut(redact(_text(value)))


def _text(value: Any) -> str:
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    if isinstance(value, (type, FunctionType, MethodType)):
        return f"{value.__module__}.{value.__qualname__}"
    if hasattr(value, "shape"):
        return f"<{kind} {value.shape}>"
    if hasattr(value, "fit") or isinstance(value, (dict, list, tuple, set, frozenset, bytes, bytearray)):
        return f"<{kind}>"
    try:
        return repr(value)
    except Exception as error:  # an author's __repr__ may fail, and this is only for show
        return f"<{kind} without a text: {error!r}>"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"
