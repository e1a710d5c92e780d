"""The way to the provider of OpenID Connect, and back."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from msgspec import Struct
from starlette.responses import RedirectResponse, Response

from tradewind.api.access.oidc import Begun, Failure, OidcError, Person, roles_of
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.session import signed_in
from tradewind.model.people import NewUser, UserChanges, UserRecord
from tradewind.store.errors import LastAdminError, TakenError

_ROOT = "/api/tradewind/v1/oidc"
COOKIE = "tradewind_oidc"
MAX_AGE_SECONDS = 600
_log = logging.getLogger(__name__)


class StartQuery(Struct, frozen=True):
    next: str = "/"
    """Where to go afterwards, on this server."""


class CallbackQuery(Struct, frozen=True):
    code: str = ""
    state: str = ""
    iss: str | None = None
    error: str = ""


def start(call: Call[StartQuery, Any]) -> Response:
    """To the provider's sign-in page."""
    own = call.server.settings.api.url.rstrip("/") or call.client.origin
    try:
        client = _client(call)
        url, begun = client.begin(f"{own}{_ROOT}/callback", local_path(call.query.next))
    except OidcError as error:
        return _failed(call, error)
    response = RedirectResponse(url, 303)
    response.set_cookie(
        COOKIE,
        call.store.seal(msgspec.json.encode(begun).decode()),
        max_age=MAX_AGE_SECONDS,
        path=_ROOT,
        httponly=True,
        samesite="lax",
        secure=call.client.is_tls,
    )
    return response


def callback(call: Call[CallbackQuery, Any]) -> Response:
    """Back from the provider: begins a session."""
    try:
        client = _client(call)
        begun = _begun(call)
        if call.query.error or not call.query.code:
            why = call.query.error[:100] or "there is no code"
            raise OidcError(f"the provider said no: {why!r}", failure=Failure.REFUSED)
        person = client.finish(begun, state=call.query.state, code=call.query.code, issuer=call.query.iss)
        user = _user(call, person)
    except OidcError as error:
        return _failed(call, error)
    response = signed_in(call, user, RedirectResponse(begun.next, 303))
    response.delete_cookie(COOKIE, path=_ROOT, httponly=True, samesite="lax", secure=call.client.is_tls)
    return response


def local_path(wanted: str) -> str:
    """A path on this server, whatever was asked for: never another one's address."""
    if (
        len(wanted) > 1000
        or not wanted.startswith("/")
        or wanted.startswith("//")
        or "\\" in wanted
        or not wanted.isprintable()
    ):
        return "/"
    return wanted


def _client(call: Call[Any, Any]) -> Any:
    if call.server.oidc is None:
        raise OidcError("no provider is set: see oidc_issuer and oidc_client_id", failure=Failure.OFF)
    return call.server.oidc


def _begun(call: Call[Any, Any]) -> Begun:
    sealed = call.cookies.get(COOKIE, "")
    text = call.store.unseal(sealed, max_age_seconds=MAX_AGE_SECONDS) if sealed else None
    if text is None:
        raise OidcError("this browser has not begun to sign in, or it took too long", failure=Failure.EXPIRED)
    return msgspec.json.decode(text, type=Begun)


def _user(call: Call[Any, Any], person: Person) -> UserRecord:
    """Known by the provider's subject, never by name or e-mail: whoever may choose those there would be anybody here.
    Roles are those of the groups, anew each time."""
    roles = roles_of(person, call.server.settings.oidc)
    if not roles:
        raise OidcError(
            f"{person.name} is in no group that may come in",
            hint="look at the setting oidc_roles",
            failure=Failure.NO_ROLE,
        )
    known = call.store.user_of_subject(person.subject)
    if known is None:
        made = _made(call, person, roles)
        call.server.audit_of(made.name, "user_created", {"from": "oidc", "roles": roles}, call.now)
        return made
    if not known.is_active:
        raise OidcError(f"the account of {known.name} is closed", failure=Failure.CLOSED)
    if (known.roles, known.email) != (roles, person.email):
        try:
            call.store.change_user(known.user_id, UserChanges(roles=roles, email=person.email))
        except LastAdminError as error:
            raise OidcError(f"the roles of {known.name} cannot change: {error.message}") from error
        call.server.audit_of(known.name, "user_changed", {"from": "oidc", "roles": roles}, call.now)
    return call.store.user(known.user_id) or known


def _made(call: Call[Any, Any], person: Person, roles: tuple[str, ...]) -> UserRecord:
    """Where somebody else has the name already, this one gets a longer one."""
    for name in (person.name, f"{person.name} ({person.subject.rpartition('|')[2][:60]})"):
        user = NewUser(name=name, email=person.email, roles=roles, comes_from="oidc", subject=person.subject)
        try:
            return call.store.create_user(user, now=call.now)
        except TakenError:
            continue
    raise OidcError(f"there is a user {person.name!r} already")


def _failed(call: Call[Any, Any], error: OidcError) -> Response:
    """Back to the sign-in page, which says why in its own words; the provider's are in the log."""
    _log.warning("a sign-in with OpenID Connect failed, from %s: %s", call.client.address, error.message)
    response = RedirectResponse(f"/signin?problem={error.failure}", 303)
    response.delete_cookie(COOKIE, path=_ROOT, httponly=True, samesite="lax", secure=call.client.is_tls)
    return response


def _operation(path: str, do: Any, query: type[Struct]) -> Operation:
    return Operation(
        method="GET",
        path=f"{_ROOT}/{path}",
        name=f"oidc_{path}",
        tag="Session",
        needs=None,
        do=do,
        query=query,
        status=303,
    )


OPERATIONS = (_operation("start", start, StartQuery), _operation("callback", callback, CallbackQuery))
