"""Moving a model's alias, and moving it back: done by a process that has MLflow, written down here."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import msgspec

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.ml import AliasWish, RollbackWish
from tradewind.api.ours.ml.journal import seen
from tradewind.api.ours.ml.models import MODEL
from tradewind.api.problems import Conflict, Invalid, NotFound, Unavailable
from tradewind.model.entries import AliasMoved, ModelVersion
from tradewind.model.journal import EntryQuery, JournalEntry
from tradewind.model.moving_aliases import MoveDone, MoveWish

LONGEST_SECONDS = 120.0
MOST_MOVES = 500
_WORKER = [sys.executable, "-P", "-m", "tradewind.ml.registry.asked"]


def move(call: Call[Any, AliasWish]) -> AliasMoved:
    """Let an alias (`champion`, …) mean a version; 409 where it means another than `expected` by now"""
    body = call.body
    if not body.alias or not body.version:
        raise Invalid("alias and version have to be named")
    wish = MoveWish(call.path["model"], body.alias, body.version, body.expected, body.reason)
    return _carried_out(call, "promote_model", wish)


def roll_back(call: Call[Any, RollbackWish]) -> AliasMoved:
    """Back to the champion before this one"""
    moves = call.store.entries(EntryQuery(AliasMoved.__name__, name=call.path["model"], limit=MOST_MOVES))
    wish = MoveWish(call.path["model"], reason=call.body.reason, history=tuple(moves))
    return _carried_out(call, "roll_back_model", wish)


def _carried_out(call: Call[Any, Any], action: str, wish: MoveWish) -> AliasMoved:
    name = wish.model
    if not seen(call, call.store.entries(EntryQuery(ModelVersion.__name__, name=name))):
        raise NotFound(f"there is no registered model {name!r}")
    done = _asked(call, wish)
    if done.moved is None:
        raise (Conflict if done.is_conflict else Invalid)(done.error, hint=done.hint)
    entry = JournalEntry(
        AliasMoved.__name__, name, msgspec.to_builtins(done.moved), call.now, who=call.who.name, entry_id=0
    )
    call.store.write_entries([entry])
    call.audit(action, model=name, **msgspec.to_builtins(done.moved))
    return done.moved


def _asked(call: Call[Any, Any], wish: MoveWish) -> MoveDone:
    environment = {**os.environ, **call.server.settings.told_to_tasks}
    try:
        ended = subprocess.run(
            _WORKER,
            input=msgspec.json.encode(wish),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=LONGEST_SECONDS,
            check=False,
            start_new_session=True,
        )
        return msgspec.json.decode(ended.stdout.splitlines()[-1], type=MoveDone)
    except (OSError, subprocess.TimeoutExpired, IndexError, msgspec.DecodeError) as error:
        raise Unavailable(
            "the model registry could not be asked", hint="look at the tracking server; `tradewind models list`"
        ) from error


OPERATIONS = (
    Operation(
        method="POST",
        path=f"{MODEL}/alias",
        name="tradewind_move_alias",
        tag="Machine learning",
        needs=Need(Resource.MODEL, Action.EDIT),
        do=move,
        body=AliasWish,
        answer=AliasMoved,
        errors=(404, 409, 503),
    ),
    Operation(
        method="POST",
        path=f"{MODEL}/rollback",
        name="tradewind_roll_back",
        tag="Machine learning",
        needs=Need(Resource.MODEL, Action.EDIT),
        do=roll_back,
        body=RollbackWish,
        answer=AliasMoved,
        errors=(404, 409, 503),
    ),
)
