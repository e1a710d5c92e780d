"""Variables. What looks secret by its key is masked: it can be written, and not read here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, Conflict, Invalid, NotFound
from tradewind.api.v2 import bulk
from tradewind.api.v2.bulk import BulkAnswer, BulkBody
from tradewind.api.v2.changing import Masked, changes_of
from tradewind.api.v2.paging import Ordered, page_of, pattern, prefix
from tradewind.authoring.secrets import MASK, masker
from tradewind.model.records import VariableRecord
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings.settings import MEMORIES, VARIABLES

ROOT = "/api/v2/variables"
_SAME_OF_ALL = dict.fromkeys(("_val", "is_encrypted", "team_name"), "key")
"""Airflow's; what they name is the same of all variables here, or a secret."""
ORDER = {"key": "key", "id": "key", "description": "description", **_SAME_OF_ALL}


class VariableBody(Struct, frozen=True, forbid_unknown_fields=True):
    key: Annotated[str, Meta(min_length=1, max_length=250)]
    value: Any | UnsetType = UNSET
    """A text, or any JSON value, which is kept as its JSON text."""
    description: str | UnsetType | None = UNSET
    team_name: str | UnsetType | None = UNSET


class VariableResponse(Struct, frozen=True):
    key: str
    value: str
    """`***` where its key sounds secret; secrets inside a JSON value are masked, too."""
    description: str | None
    is_encrypted: bool = True
    team_name: str | None = None


class VariableCollection(Struct, frozen=True):
    variables: tuple[VariableResponse, ...]
    total_entries: int


class VariableQuery(Ordered, frozen=True, kw_only=True):
    variable_key_pattern: str | None = None
    variable_key_prefix_pattern: str | None = None


def get_variables(call: Call[VariableQuery, Any]) -> VariableCollection:
    """Variables, by key."""
    query = call.query
    filters = (pattern("key", query.variable_key_pattern), prefix("key", query.variable_key_prefix_pattern))
    page = page_of(call, VARIABLES, filters, ORDER)
    found = [_shown(row.key, call.store.get_variable(row.key) or "", row.description) for row in page.rows]
    return VariableCollection(tuple(found), page.total or 0)


def get_variable(call: Call[Any, Any]) -> VariableResponse:
    """One variable."""
    found = _found(call, call.path["variable_key"])
    return _shown(found.key, found.value, found.description)


def post_variable(call: Call[Any, VariableBody]) -> VariableResponse:
    """Make a variable."""
    _create(call, call.body, "fail")
    found = _found(call, call.body.key)
    return _shown(found.key, found.value, found.description)


def patch_variable(call: Call[Masked, VariableBody]) -> VariableResponse:
    """Change a variable: the fields of the body, or those of them that `update_mask` names."""
    key = call.path["variable_key"]
    if call.body.key != key:
        raise BadRequest(f"the body is about variable {call.body.key!r}, the path about {key!r}")
    _update(call, call.body, call.query.update_mask, "fail")
    found = _found(call, key)
    return _shown(found.key, found.value, found.description)


def delete_variable(call: Call[Any, Any]) -> None:
    """Delete a variable."""
    _delete(call, call.path["variable_key"], "fail")


def bulk_variables(call: Call[Any, BulkBody[VariableBody]]) -> BulkAnswer:
    """Make, change and delete many variables."""
    for action in call.body.actions:
        call.require(Resource.VARIABLE, bulk.RIGHTS[bulk.kind_of(action)])
    return bulk.carry_out(call.body.actions, partial(_entities, call))


def _entities(call: Call[Any, Any], action: bulk.BulkAction) -> Sequence[bulk.Entity]:
    match action:
        case bulk.BulkCreate(entities=entities, action_on_existence=otherwise):
            if otherwise == "overwrite":
                call.require(Resource.VARIABLE, Action.EDIT)
            return [partial(_create, call, one, otherwise) for one in entities]
        case bulk.BulkUpdate(entities=entities, action_on_non_existence=otherwise, update_mask=mask):
            return [partial(_update, call, one, mask, otherwise) for one in entities]
        case bulk.BulkDelete(entities=entities, action_on_non_existence=otherwise):
            names = [one if isinstance(one, str) else one.key for one in entities]
            return [partial(_delete, call, name, otherwise) for name in names]


def _create(call: Call[Any, Any], body: VariableBody, otherwise: str) -> str | None:
    if body.key.startswith(MEMORIES):
        raise Invalid(f"keys that begin with {', '.join(MEMORIES)} are for what tasks and assets remember")
    if call.store.get_variable(body.key) is not None:
        if otherwise == "skip":
            return None
        if otherwise == "fail":
            raise Conflict(f"there is a variable {body.key!r} already", hint="change it with PATCH")
    value = "" if body.value is UNSET else _text(body.value)
    call.store.set_variable(body.key, value, body.description if isinstance(body.description, str) else None)
    call.audit("create_variable", key=body.key)
    return body.key


def _update(call: Call[Any, Any], body: VariableBody, mask: Sequence[str] | None, otherwise: str) -> str | None:
    found = _record(call, body.key)
    if found is None:
        if otherwise == "skip":
            return None
        raise _missing(body.key)
    changes = changes_of(body, mask, never=("key", "team_name"))
    value = _text(changes["value"]) if "value" in changes else found.value
    if value == MASK and masker().is_sensitive(body.key):
        value = found.value  # as it was shown: it stays
    description = changes.get("description", found.description)
    call.store.set_variable(body.key, value, description or "")
    call.audit("edit_variable", key=body.key, fields=sorted(changes))
    return body.key


def _delete(call: Call[Any, Any], key: str, otherwise: str) -> str | None:
    if key.startswith(MEMORIES) or not call.store.delete_variable(key):
        if otherwise == "skip":
            return None
        raise _missing(key)
    call.audit("delete_variable", key=key)
    return key


def _record(call: Call[Any, Any], key: str) -> VariableRecord | None:
    value = None if key.startswith(MEMORIES) else call.store.get_variable(key)
    if value is None:
        return None
    row = call.browser.first(VARIABLES, Filter("key", Op.EQ, key), visible=None)
    return VariableRecord(key, value, row.description if row is not None else None)


def _found(call: Call[Any, Any], key: str) -> VariableRecord:
    found = _record(call, key)
    if found is None:
        raise _missing(key)
    return found


def _missing(key: str) -> NotFound:
    return NotFound(f"there is no variable {key!r}")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)


def _shown(key: str, value: str, description: str | None) -> VariableResponse:
    if masker().is_sensitive(key):
        return VariableResponse(key, MASK, description)
    return VariableResponse(key, masked_json(value), description)


def masked_json(text: str) -> str:
    """What sounds secret inside a JSON text is masked; other texts are as they are."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    masked = masker().redact(value)
    return text if masked == value else json.dumps(masked, ensure_ascii=False)


def _operation(method: Any, path: str, do: Any, action: Action, **more: Any) -> Operation:
    need = Need(Resource.VARIABLE, action)
    return Operation(method=method, path=ROOT + path, name=do.__name__, tag="Variable", needs=need, do=do, **more)


ONE = "/{variable_key}"
EXAMPLE = {"region": {"key": "region", "value": "eu-west-1", "description": "Where buckets are"}}
OPERATIONS = (
    _operation("GET", "", get_variables, Action.READ, query=VariableQuery, answer=VariableCollection),
    _operation(
        "POST",
        "",
        post_variable,
        Action.CREATE,
        body=VariableBody,
        answer=VariableResponse,
        status=201,
        errors=(409,),
        examples=EXAMPLE,
    ),
    _operation(
        "PATCH",
        "",
        bulk_variables,
        Action.READ,  # each action asks for its own inside
        body=BulkBody[VariableBody],
        answer=BulkAnswer,
        examples={"create": {"actions": [{"action": "create", "entities": [EXAMPLE["region"]]}]}},
    ),
    _operation("GET", ONE, get_variable, Action.READ, answer=VariableResponse),
    _operation(
        "PATCH",
        ONE,
        patch_variable,
        Action.EDIT,
        query=Masked,
        body=VariableBody,
        answer=VariableResponse,
        examples=EXAMPLE,
    ),
    _operation("DELETE", ONE, delete_variable, Action.DELETE, status=204),
)
