"""Which version is meant by what one task hands to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from tradewind.ml.registry.reading import PREFIX, Registry
from tradewind.ml.tracking.models import ModelError
from tradewind.ml.tracking.place import place_of_process


def version_of(model: str, given: Any) -> str:
    """`given`: what `ml.register` or a gate handed on, a number, an alias, or `models:/name/3`. "" for a model itself.

    Raises ModelError where the registry does not know it."""
    if isinstance(given, Mapping):
        found = cast("Mapping[str, Any]", given)
        return str(found.get("version") or found.get("challenger") or "")
    if isinstance(given, int):
        return str(given)
    if not isinstance(given, str):
        return ""
    wanted = given.removeprefix(f"{PREFIX}{model}/").removeprefix(f"{PREFIX}{model}@")
    if ":/" in wanted:
        return ""
    return Registry(place_of_process()).version(model, wanted).version


def decided_against(given: Any) -> str | None:
    """The champion that a gate has compared with; None where no gate has."""
    if isinstance(given, Mapping) and "decision" in given:
        found = cast("Mapping[str, Any]", given)
        return str(found.get("champion") or "")
    return None


def needed_version(model: str, given: Any) -> str:
    found = version_of(model, given)
    if not found:
        raise ModelError(
            f"{given!r:.100} names no version of model {model!r}",
            hint="give what ml.register or ml.gate handed on, a version or an alias",
        )
    return found
