"""The built-in roles as tables of grants, each with all of the one before it, and what a user's roles come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.people import GrantRecord, RoleRecord

READ, CREATE, EDIT, DELETE = Action.READ, Action.CREATE, Action.EDIT, Action.DELETE
ADMIN = "admin"

_VIEWER: dict[Resource, tuple[Action, ...]] = {
    Resource.DAG: (READ,),
    Resource.CODE: (READ,),
    Resource.RUN: (READ,),
    Resource.TASK: (READ,),
    Resource.LOG: (READ,),
    Resource.XCOM: (READ,),
    Resource.HUMAN: (READ,),
    Resource.BACKFILL: (READ,),
    Resource.IMPORT_ERROR: (READ,),
    Resource.ASSET: (READ,),
    Resource.POOL: (READ,),
    Resource.JOB: (READ,),
}
_USER: dict[Resource, tuple[Action, ...]] = {
    Resource.DAG: (EDIT,),
    Resource.RUN: (CREATE, EDIT, DELETE),
    Resource.TASK: (EDIT,),
    Resource.HUMAN: (EDIT,),
    Resource.ASSET: (CREATE,),
}
_OP: dict[Resource, tuple[Action, ...]] = {
    Resource.DAG: (CREATE, DELETE),
    Resource.TASK: (CREATE, DELETE),
    Resource.XCOM: (CREATE, EDIT, DELETE),
    Resource.BACKFILL: (CREATE, EDIT, DELETE),
    Resource.IMPORT_ERROR: (EDIT, DELETE),
    Resource.ASSET: (EDIT, DELETE),
    Resource.MODEL: (EDIT,),
    Resource.POOL: (CREATE, EDIT, DELETE),
    Resource.VARIABLE: (READ, CREATE, EDIT, DELETE),
    Resource.CONNECTION: (READ, CREATE, EDIT, DELETE),
    Resource.CONFIG: (READ,),
    Resource.AUDIT: (READ,),
}


def _grants(table: Mapping[Resource, tuple[Action, ...]]) -> tuple[Grant, ...]:
    return tuple(Grant(resource, action) for resource, actions in table.items() for action in actions)


BUILT_IN: dict[str, tuple[Grant, ...]] = {
    "viewer": _grants(_VIEWER),
    "user": (*_grants(_VIEWER), *_grants(_USER)),
    "op": (*_grants(_VIEWER), *_grants(_USER), *_grants(_OP)),
    ADMIN: _grants({resource: tuple(Action) for resource in Resource}),
}
"""Sees all but secrets and settings; runs and clears DAGs; also sets pools, variables, connections; everything."""


def grants_of(roles: Iterable[str], own: Iterable[RoleRecord]) -> tuple[Grant, ...]:
    """What these roles allow together. A role that is not there (any more) allows nothing."""
    made = {role.name: role for role in own}
    found: dict[Grant, None] = {}
    for name in roles:
        lines = BUILT_IN.get(name) or (from_records(made[name].grants) if name in made else ())
        found.update(dict.fromkeys(lines))
    return tuple(found)


def from_records(lines: Iterable[GrantRecord]) -> tuple[Grant, ...]:
    """What an older or newer version wrote and nobody knows here allows nothing."""
    known = (set(Resource), set(Action))
    return tuple(
        Grant(Resource(line.resource), Action(line.action), line.dags)
        for line in lines
        if line.resource in known[0] and line.action in known[1]
    )


def to_records(lines: Iterable[Grant]) -> tuple[GrantRecord, ...]:
    return tuple(GrantRecord(line.resource, line.action, line.dags) for line in lines)
