"""`POST /ask/{question}`: one of the store's methods, asked from far away. Arguments and answer are msgpack."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from starlette.responses import Response

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.masking import masked
from tradewind.api.ours.paths import ROOT
from tradewind.api.problems import Invalid, NotFound
from tradewind.api.remote.deeds import DEEDS, TAKES
from tradewind.api.remote.rules import RULES, Rule
from tradewind.authoring.secrets import MASK
from tradewind.model.people import UserRecord
from tradewind.model.records import ConnectionRecord, VariableRecord
from tradewind.model.service import BackfillRecord
from tradewind.store.signatures import arguments_of

MOST_ROWS = 10_000
MEDIA = "application/msgpack"


class AskBody(Struct, frozen=True):
    arguments: str = "gA=="
    """msgpack of a map, as base64."""


def ask(call: Call[Any, AskBody]) -> Response:
    """A question of the command line, as msgpack

    For `tradewind` with TRADEWIND_URL; other clients are served better by the other operations."""
    name = call.path["question"]
    if name in DEEDS:
        found = DEEDS[name](call, _decoded(call, TAKES[name]))
    elif name in RULES:
        found = _answered(call, name, RULES[name])
    else:
        raise NotFound(
            f"this server does not know the question {name[:60]!r}",
            hint="it is of another version than the client: use the same version on both sides",
        )
    return Response(msgspec.msgpack.encode(found), media_type=MEDIA)


def _answered(call: Call[Any, AskBody], name: str, rule: Rule) -> Any:
    arguments = _with_caller(call, _decoded(call, arguments_of(name)))
    dag_id = rule.dag_of(arguments) if rule.dag_of is not None else None
    call.require(rule.resource, rule.action, dag_id=dag_id)
    if hasattr(arguments, "limit") and arguments.limit is not None and arguments.limit > MOST_ROWS:
        arguments = replace(arguments, limit=MOST_ROWS)
    found = getattr(call.store, name)(**msgspec.structs.asdict(arguments))
    if rule.action is not Action.READ:
        call.audit(name, dag_id=dag_id, **_told(arguments))
        for topic in rule.rings:
            call.store.ring(topic)
    if dag_id is None and rule.dag_of_row is not None:
        visible = call.visible(rule.resource)
        return [row for row in found if visible is None or rule.dag_of_row(row) in visible]
    return _without_secrets(name, arguments, found)


def _decoded(call: Call[Any, AskBody], kind: Any) -> Any:
    """Raises Invalid."""
    try:
        raw = msgspec.json.decode(f'"{call.body.arguments}"'.encode(), type=bytes)
        return msgspec.msgpack.decode(raw, type=kind)
    except msgspec.MsgspecError as error:
        raise Invalid(
            f"the arguments are not as they should be: {error}",
            hint="client and server may be of different versions: use the same on both sides",
        ) from error


def _with_caller(call: Call[Any, Any], arguments: Any) -> Any:
    """Who and when are the server's to say."""
    own: dict[str, Any] = {}
    if hasattr(arguments, "who"):
        own["who"] = call.who.name
    if hasattr(arguments, "now"):
        own["now"] = call.now
    if hasattr(arguments, "event"):
        own["event"] = replace(arguments.event, by=call.who.name, run=None, task_id=None, map_path=())
    if isinstance(getattr(arguments, "backfill", None), BackfillRecord):
        own["backfill"] = replace(arguments.backfill, created_by=call.who.name, created_at=call.now)
    return replace(arguments, **own) if own else arguments


def _told(arguments: Any) -> dict[str, Any]:
    """For the audit: names, no values."""
    names = ("dag_id", "conn_id", "name", "task_id", "is_paused", "chosen")
    found = {name: getattr(arguments, name) for name in names if hasattr(arguments, name)}
    key = getattr(arguments, "key", None)
    if isinstance(key, str):
        found["key"] = key
    for name in ("connection", "pool"):
        if (one := getattr(arguments, name, None)) is not None:
            found[name] = getattr(one, "conn_id", None) or getattr(one, "name", "")
    found.pop("dag_id", None)
    return found


def _without_secrets(name: str, arguments: Any, found: Any) -> Any:
    """Secrets are written, and never read back."""
    if name == "get_variable" and found is not None:
        return masked({arguments.key: found})[arguments.key]
    if name == "variables":
        return [VariableRecord(one.key, masked({one.key: one.value})[one.key], one.description) for one in found or ()]
    if name == "user_named" and found is not None:
        return _without_hash(found)
    if name == "users":
        return [_without_hash(one) for one in found or ()]
    if name == "tokens":
        return [(replace(token, secret_hash=""), user) for token, user in found or ()]
    if name == "get_connection" and found is not None:
        return _hidden(found)
    return [_hidden(one) for one in found or ()] if name == "connections" else found


def _without_hash(user: UserRecord) -> UserRecord:
    return replace(user, password_hash="", subject=None)


def _hidden(one: ConnectionRecord) -> ConnectionRecord:
    extra: Any = one.extra
    if extra:
        try:
            extra = msgspec.json.encode(masked(msgspec.json.decode(extra))).decode()
        except msgspec.MsgspecError:
            extra = MASK
    return replace(one, password=MASK if one.password else one.password, extra=extra)


OPERATIONS = (
    Operation(
        method="POST",
        path=f"{ROOT}/ask/{{question}}",
        name="tradewind_ask",
        tag="Command line",
        needs=Need(Resource.SELF, is_asked_inside=True),
        do=ask,
        body=AskBody,
        answer=bytes,
        media_types=(MEDIA,),
    ),
)
