"""Does what has been updated meet a DAG's asset condition? A condition is nested plain data (`ScheduleSpec.assets`):
{"all": […]} or {"any": […]} of {"asset": {name, uri}}, {"asset_ref": {name or uri}} and {"alias": {name}}."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias, cast

from msgspec import Struct

Condition: TypeAlias = Mapping[str, Any]


class Update(Struct, frozen=True):
    """What of an event counts: which asset it is of, and the alias under which a task reported it."""

    name: str
    uri: str
    alias: str | None = None


def is_met(condition: Condition | None, updates: Collection[Update]) -> bool:
    """Whether these updates start a run. No condition, and one without any part, is never met."""
    word, parts = _parts(condition)
    if parts is None:
        return condition is not None and any(mentions(condition, update) for update in updates)
    met = [is_met(part, updates) for part in parts]
    return any(met) if word == "any" else bool(met) and all(met)


def mentions(condition: Condition | None, update: Update) -> bool:
    """Whether any part of the condition is about this asset."""
    return any(_is_about(leaf, update) for leaf in leaves(condition))


def missing(condition: Condition | None, updates: Collection[Update]) -> list[str]:
    """Names of the assets, references and aliases of the condition that have no update yet, in the author's order."""
    waiting = (leaf for leaf in leaves(condition) if not any(_is_about(leaf, update) for update in updates))
    return list(dict.fromkeys(map(name_of, waiting)))


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """The assets, references and aliases inside, in the author's order."""
    if condition is None:
        return
    _, parts = _parts(condition)
    if parts is None:
        yield condition
        return
    for part in parts:
        yield from leaves(part)


def name_of(leaf: Condition) -> str:
    """What a person calls it."""
    ((_, data),) = leaf.items()
    return str(data.get("name") or data.get("uri") or "")


def _parts(condition: Condition | None) -> tuple[str, list[Condition] | None]:
    for word in ("all", "any"):
        if condition is not None and word in condition:
            return word, cast("list[Condition]", condition[word])
    return "", None


def _is_about(leaf: Condition, update: Update) -> bool:
    ((kind, data),) = leaf.items()
    match kind:
        case "asset":
            return (data["name"], data["uri"]) == (update.name, update.uri)
        case "asset_ref":
            return data["name"] == update.name if "name" in data else data["uri"] == update.uri
        case "alias":
            return update.alias is not None and data["name"] == update.alias
        case _:
            return False
