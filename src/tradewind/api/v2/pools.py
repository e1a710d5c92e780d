"""Pools, with the slots in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType
from sqlalchemy import func, select

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, Conflict, NotFound
from tradewind.api.v2 import bulk
from tradewind.api.v2.bulk import BulkAnswer, BulkBody
from tradewind.api.v2.changing import Masked, changes_of
from tradewind.api.v2.paging import Ordered, cut, fits
from tradewind.model.records import PoolRecord
from tradewind.model.service import Topic
from tradewind.model.states import TryState
from tradewind.store.base import DEFAULT_POOL
from tradewind.store.schema.core import try_
from tradewind.store.schema.service import deferral

ROOT = "/api/v2/pools"
ONE = "/{pool_name}"
ORDER = {"name": "name", "id": "name", "pool": "name", "slots": "slots"}
Slots = Annotated[int, Meta(ge=-1, le=2**31 - 1)]
Name = Annotated[str, Meta(min_length=1, max_length=256)]


class PoolBody(Struct, frozen=True, forbid_unknown_fields=True):
    name: Name
    slots: Slots
    """-1: endless."""
    description: str | UnsetType | None = UNSET
    include_deferred: bool | UnsetType = UNSET
    """Deferred tasks hold their slots."""
    team_name: str | UnsetType | None = UNSET


class PoolPatchBody(Struct, frozen=True, forbid_unknown_fields=True):
    pool: str | UnsetType | None = UNSET
    """The pool's name, as in the path."""
    slots: Slots | UnsetType | None = UNSET
    description: str | UnsetType | None = UNSET
    include_deferred: bool | UnsetType | None = UNSET
    team_name: str | UnsetType | None = UNSET


class PoolResponse(Struct, frozen=True):
    name: str
    slots: int
    description: str | None
    include_deferred: bool
    occupied_slots: int
    running_slots: int
    queued_slots: int
    scheduled_slots: int
    deferred_slots: int
    open_slots: int
    """-1: endless."""
    team_name: str | None = None


class PoolCollection(Struct, frozen=True):
    pools: tuple[PoolResponse, ...]
    total_entries: int


class PoolQuery(Ordered, frozen=True, kw_only=True):
    pool_name_pattern: str | None = None
    pool_name_prefix_pattern: str | None = None


class InUse(Struct, frozen=True):
    """Slots, by pool."""

    queued: Mapping[str, int]
    running: Mapping[str, int]
    deferred: Mapping[str, int]


def get_pools(call: Call[PoolQuery, Any]) -> PoolCollection:
    """Pools, by name."""
    query = call.query
    fitting = [
        one for one in call.store.pools() if fits(one.name, query.pool_name_pattern, query.pool_name_prefix_pattern)
    ]
    used = in_use(call)
    return PoolCollection(tuple(_shown(one, used) for one in cut(call, fitting, ORDER)), len(fitting))


def get_pool(call: Call[Any, Any]) -> PoolResponse:
    """One pool."""
    return _shown(_found(call, call.path["pool_name"]), in_use(call))


def post_pool(call: Call[Any, PoolBody]) -> PoolResponse:
    """Make a pool."""
    _create(call, call.body, "fail")
    return _shown(_found(call, call.body.name), in_use(call))


def patch_pool(call: Call[Masked, PoolPatchBody]) -> PoolResponse:
    """Change a pool: the fields of the body, or those of them that `update_mask` names."""
    name, body = call.path["pool_name"], call.body
    if body.pool not in (UNSET, None, name):
        raise BadRequest(f"the body is about pool {body.pool!r}, the path about {name!r}")
    pool = _found(call, name)
    _change(call, pool, changes_of(body, call.query.update_mask, never=("pool", "team_name")))
    return _shown(_found(call, name), in_use(call))


def delete_pool(call: Call[Any, Any]) -> None:
    """Delete a pool."""
    _delete(call, call.path["pool_name"], "fail")


def bulk_pools(call: Call[Any, BulkBody[PoolBody]]) -> BulkAnswer:
    """Make, change and delete many pools."""
    for action in call.body.actions:
        call.require(Resource.POOL, bulk.RIGHTS[bulk.kind_of(action)])
    return bulk.carry_out(call.body.actions, partial(_entities, call))


def in_use(call: Call[Any, Any]) -> InUse:
    """Slots that tries have, or have while they wait for a trigger."""
    queued: dict[str, int] = {}
    running: dict[str, int] = {}
    for count in call.store.slot_counts():
        into = queued if count.state is TryState.QUEUED else running
        into[count.pool] = into.get(count.pool, 0) + count.slots
    waiting = (
        select(try_.c.pool, func.sum(try_.c.pool_slots))
        .join_from(deferral, try_, try_.c.try_id == deferral.c.try_id)
        .where(deferral.c.outcome.is_(None))
        .group_by(try_.c.pool)
    )
    return InUse(queued, running, {pool: int(slots) for pool, slots in call.browser.read(waiting)})


def _entities(call: Call[Any, Any], action: bulk.BulkAction) -> Sequence[bulk.Entity]:
    match action:
        case bulk.BulkCreate(entities=entities, action_on_existence=otherwise):
            if otherwise == "overwrite":
                call.require(Resource.POOL, Action.EDIT)
            return [partial(_create, call, one, otherwise) for one in entities]
        case bulk.BulkUpdate(entities=entities, action_on_non_existence=otherwise, update_mask=mask):
            return [partial(_update, call, one, mask, otherwise) for one in entities]
        case bulk.BulkDelete(entities=entities, action_on_non_existence=otherwise):
            names = [one if isinstance(one, str) else one.name for one in entities]
            return [partial(_delete, call, name, otherwise) for name in names]


def _create(call: Call[Any, Any], body: PoolBody, otherwise: str) -> str | None:
    there = _record(call, body.name)
    if there is not None and otherwise == "skip":
        return None
    if there is not None and otherwise == "fail":
        raise Conflict(f"there is a pool {body.name!r} already", hint="change it with PATCH")
    made = there or PoolRecord(body.name, body.slots)
    _change(call, made, changes_of(body, None, never=("name", "team_name")), is_new=there is None)
    return body.name


def _update(call: Call[Any, Any], body: PoolBody, mask: Sequence[str] | None, otherwise: str) -> str | None:
    pool = _record(call, body.name)
    if pool is None:
        if otherwise == "skip":
            return None
        raise _missing(body.name)
    _change(call, pool, changes_of(body, mask, never=("name", "team_name")))
    return body.name


def _change(call: Call[Any, Any], pool: PoolRecord, changes: Mapping[str, Any], *, is_new: bool = False) -> None:
    if pool.name == DEFAULT_POOL and changes.get("description") not in (None, pool.description):
        raise BadRequest(f"of {DEFAULT_POOL} only slots and include_deferred can be changed")
    slots, deferred = changes.get("slots"), changes.get("include_deferred")
    changed = PoolRecord(
        pool.name,
        pool.slots if slots is None else slots,
        changes.get("description", pool.description) or "",
        pool.include_deferred if deferred is None else deferred,
    )
    call.store.set_pool(changed)
    call.store.ring(Topic.POOLS)
    call.audit("create_pool" if is_new else "edit_pool", pool=pool.name, slots=changed.slots)


def _delete(call: Call[Any, Any], name: str, otherwise: str) -> str | None:
    if name == DEFAULT_POOL:
        raise BadRequest(f"{DEFAULT_POOL} cannot be deleted", hint="change its slots instead: -1 is endless")
    if not call.store.delete_pool(name):
        if otherwise == "skip":
            return None
        raise _missing(name)
    call.store.ring(Topic.POOLS)
    call.audit("delete_pool", pool=name)
    return name


def _record(call: Call[Any, Any], name: str) -> PoolRecord | None:
    return next((one for one in call.store.pools() if one.name == name), None)


def _found(call: Call[Any, Any], name: str) -> PoolRecord:
    found = _record(call, name)
    if found is None:
        raise _missing(name)
    return found


def _missing(name: str) -> NotFound:
    return NotFound(f"there is no pool {name!r}")


def _shown(pool: PoolRecord, used: InUse) -> PoolResponse:
    queued, running = used.queued.get(pool.name, 0), used.running.get(pool.name, 0)
    deferred = used.deferred.get(pool.name, 0)
    occupied = queued + running + (deferred if pool.include_deferred else 0)
    return PoolResponse(
        name=pool.name,
        slots=pool.slots,
        description=pool.description or None,
        include_deferred=pool.include_deferred,
        occupied_slots=occupied,
        running_slots=running,
        queued_slots=queued,
        scheduled_slots=0,
        deferred_slots=deferred,
        open_slots=-1 if pool.slots < 0 else pool.slots - occupied,
    )


def _operation(method: Any, path: str, do: Any, action: Action, **more: Any) -> Operation:
    need = Need(Resource.POOL, action)
    return Operation(method=method, path=ROOT + path, name=do.__name__, tag="Pool", needs=need, do=do, **more)


EXAMPLE = {"name": "gpu", "slots": 2, "description": "Cards of the training machine", "include_deferred": False}
OPERATIONS = (
    _operation("GET", "", get_pools, Action.READ, query=PoolQuery, answer=PoolCollection),
    _operation(
        "POST",
        "",
        post_pool,
        Action.CREATE,
        body=PoolBody,
        answer=PoolResponse,
        status=201,
        errors=(409,),
        examples={"gpu": EXAMPLE},
    ),
    _operation(
        "PATCH",
        "",
        bulk_pools,
        Action.READ,  # each action asks for its own inside
        body=BulkBody[PoolBody],
        answer=BulkAnswer,
        examples={"create": {"actions": [{"action": "create", "entities": [EXAMPLE]}]}},
    ),
    _operation("GET", ONE, get_pool, Action.READ, answer=PoolResponse),
    _operation(
        "PATCH",
        ONE,
        patch_pool,
        Action.EDIT,
        query=Masked,
        body=PoolPatchBody,
        answer=PoolResponse,
        examples={"more slots": {"slots": 4}},
    ),
    _operation("DELETE", ONE, delete_pool, Action.DELETE, status=204),
)
