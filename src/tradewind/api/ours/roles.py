"""Roles: the built-in ones, and those that somebody made, with rights to some DAGs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from tradewind.api.access.rights import OF_DAGS, Action, Grant, Need, Resource
from tradewind.api.access.roles import BUILT_IN, to_records
from tradewind.api.call import Call, NoQuery
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import GrantInfo, RoleInfo
from tradewind.api.problems import Conflict, Forbidden, Invalid, NotFound
from tradewind.model.people import RoleRecord

MOST_GRANTS = 500
_NAME = re.compile(r"[A-Za-z0-9_. -]{1,100}")
_DAGS = re.compile(r"[A-Za-z0-9_.\-*?]{1,250}")


class RoleBody(Struct, frozen=True):
    grants: list[GrantInfo]


def list_roles(call: Call[NoQuery, None]) -> list[RoleInfo]:
    """All roles with what they grant and how many have them."""
    users = Counter(name for user in call.store.users() for name in user.roles)
    built_in = [
        RoleInfo(name, is_built_in=True, grants=_infos(grants), users=users[name]) for name, grants in BUILT_IN.items()
    ]
    own = [
        RoleInfo(
            role.name,
            is_built_in=False,
            grants=[GrantInfo(one.resource, one.action, one.dags) for one in role.grants],
            users=users[role.name],
        )
        for role in call.store.roles()
    ]
    return [*built_in, *own]


def set_role(call: Call[NoQuery, RoleBody]) -> RoleInfo:
    """Make or change a role. Whoever makes it cannot put into it what they may not do themselves."""
    name = call.path["name"]
    if name in BUILT_IN:
        raise Conflict(f"{name} is built in", hint="make a role of another name")
    if not _NAME.fullmatch(name):
        raise Invalid("a role's name has letters, digits, blanks and _ . - (at most 100)")
    grants = checked(call.body.grants)
    refused = next((one for one in grants if not call.holds_grant(one)), None)
    if refused is not None:
        raise Forbidden(f"{call.who.name} cannot grant {refused.action} {refused.resource}, which they may not do")
    call.store.set_role(RoleRecord(name, to_records(grants)))
    call.audit("role_set", role=name, grants=[f"{one.action} {one.resource} {one.dags}" for one in grants])
    return RoleInfo(name, is_built_in=False, grants=_infos(grants))


def delete_role(call: Call[NoQuery, None]) -> None:
    """Delete a role; users lose it."""
    name = call.path["name"]
    if name in BUILT_IN:
        raise Conflict(f"{name} is built in", hint="take it from its users instead")
    if not call.store.delete_role(name):
        raise NotFound(f"there is no role {name[:100]!r}")
    call.audit("role_deleted", role=name)


def checked(lines: Iterable[GrantInfo]) -> tuple[Grant, ...]:
    """Raises Invalid for a word that nobody knows, or DAGs where none belong."""
    found: list[Grant] = []
    for line in lines:
        if line.resource not in set(Resource) or line.action not in set(Action):
            known = f"resources: {', '.join(Resource)}; actions: {', '.join(Action)}"
            raise Invalid(f"there is no right to {line.action[:50]!r} {line.resource[:50]!r}", hint=known)
        resource = Resource(line.resource)
        if line.dags != "*" and resource not in OF_DAGS:
            raise Invalid(f"{resource} belongs to no DAG", hint='leave `dags` away, or give "*"')
        if not _DAGS.fullmatch(line.dags):
            raise Invalid("`dags` is a DAG id, or a pattern with * and ?", hint='such as "sales_*"')
        found.append(Grant(resource, Action(line.action), line.dags))
        if len(found) > MOST_GRANTS:
            raise Invalid(f"more than {MOST_GRANTS} grants", hint="use patterns: sales_*")
    return tuple(dict.fromkeys(found))


def _infos(grants: Iterable[Grant]) -> list[GrantInfo]:
    return [GrantInfo(one.resource, one.action, one.dags) for one in grants]


_ROOT = "/api/tradewind/v1/roles"
_EXAMPLE = {
    "runs of some DAGs": {
        "grants": [
            {"resource": "dag", "action": "read", "dags": "sales_*"},
            {"resource": "run", "action": "create", "dags": "sales_*"},
        ]
    }
}
OPERATIONS = (
    Operation(
        method="GET",
        path=_ROOT,
        name="list_roles",
        tag="Roles",
        needs=Need(Resource.ROLE),
        do=list_roles,
        answer=list[RoleInfo],
    ),
    Operation(
        method="PUT",
        path=f"{_ROOT}/{{name}}",
        name="set_role",
        tag="Roles",
        needs=Need(Resource.ROLE, Action.EDIT),
        do=set_role,
        body=RoleBody,
        answer=RoleInfo,
        errors=(409,),
        examples=_EXAMPLE,
    ),
    Operation(
        method="DELETE",
        path=f"{_ROOT}/{{name}}",
        name="delete_role",
        tag="Roles",
        needs=Need(Resource.ROLE, Action.DELETE),
        do=delete_role,
        status=204,
        errors=(409,),
    ),
)
