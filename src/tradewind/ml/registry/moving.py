"""Moving an alias from one version to another: one at a time, with a record of who moved it from where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tradewind.ml import journal
from tradewind.ml.registry.reading import ARCHIVED, CHALLENGER, CHAMPION, Registry
from tradewind.ml.tracking.models import ModelError
from tradewind.ml.tracking.place import Place, place_of_process
from tradewind.model.entries import AliasMoved
from tradewind.model.journal import EntryQuery, JournalEntry

Write = Callable[[AliasMoved, str], Any]


class AliasMovedMeanwhileError(ModelError):
    """Somebody else has moved it since this decision was made."""


def move_alias(
    name: str,
    version: str,
    alias: str = CHAMPION,
    *,
    reason: str = "",
    expected: str | None = None,
    is_rollback: bool = False,
    place: Place | None = None,
    write: Write = journal.write,
) -> AliasMoved:
    """Let `alias` mean `version` (a number, or another alias) from now on; "" takes it away. The champion before is
    `archived` then, and a promoted challenger is none any more.

    `expected`: the version that the caller believes it to mean now ("": none; None: whatever it is). Raises
    AliasMovedMeanwhileError where it means another by now, ModelError where there is no such version."""
    where = place or place_of_process()
    registry = Registry(where)
    with where.locked(f"model-{name}"):
        aliases = registry.aliases(name)
        old = aliases.get(alias, "")
        if expected is not None and expected != old:
            raise _moved_meanwhile(name, alias, expected, old)
        new = registry.version(name, version).version if version else ""
        if new == old:
            return AliasMoved(alias, new, old, f"it is already: {reason}" if reason else "it is already")
        _point(registry.client, name, alias, new)
        if alias == CHAMPION and new:
            _tidy(registry.client, name, aliases, old, new)
        moved = AliasMoved(alias, new, old, reason, is_rollback)
        write(moved, name)
    return moved


def _point(client: Any, name: str, alias: str, version: str) -> None:
    """One call: whoever asks sees the old or the new, never neither."""
    if version:
        client.set_registered_model_alias(name, alias, version)
    else:
        client.delete_registered_model_alias(name, alias)


def _tidy(client: Any, name: str, aliases: dict[str, str], old: str, new: str) -> None:
    if old:
        _point(client, name, ARCHIVED, old)
    elif aliases.get(ARCHIVED) == new:
        _point(client, name, ARCHIVED, "")
    if aliases.get(CHALLENGER) == new:
        _point(client, name, CHALLENGER, "")


def before(history: Sequence[JournalEntry], current: str) -> str:
    """The champion before `current`, by the record of moves (newest first); "" where it knows of none. What was rolled
    back is passed over, so that a second rollback goes one further back."""
    for one in history:
        body = one.body
        is_move_to_it = body.get("alias") == CHAMPION and body.get("version") == current
        if is_move_to_it and not body.get("is_rollback"):
            return str(body.get("old_version", ""))
    return ""


def roll_back(
    name: str,
    history: Sequence[JournalEntry] | None = None,
    *,
    reason: str = "",
    place: Place | None = None,
    write: Write = journal.write,
) -> AliasMoved:
    """Back to the champion before this one. `history`: moves of this model, newest first; a task need not give it.
    Raises ModelError where there was none."""
    where = place or place_of_process()
    aliases = Registry(where).aliases(name)
    current = aliases.get(CHAMPION, "")
    if not current:
        raise ModelError(f"model {name!r} has no champion to roll back", hint=f"`tradewind models show {name}`")
    moves = journal.read(EntryQuery("AliasMoved", name=name)) if history is None else history
    target = before(moves, current) or (aliases.get(ARCHIVED, "") if not moves else "")
    if not target or target == current:
        raise ModelError(
            f"version {current} is the first champion of model {name!r}: there is none to go back to",
            hint=f"`tradewind models promote {name} VERSION` makes any version the champion",
        )
    said = reason or f"rolled back from version {current}"
    return move_alias(name, target, reason=said, expected=current, is_rollback=True, place=where, write=write)


def _moved_meanwhile(name: str, alias: str, expected: str, now: str) -> AliasMovedMeanwhileError:
    was, is_now = (f"version {one}" if one else "no version" for one in (expected, now))
    return AliasMovedMeanwhileError(
        f"{alias!r} of model {name!r} is {is_now} by now, not {was} as it was when this was decided",
        hint="compare with the new one: run the gate again, or promote again if it shall be replaced all the same",
    )
