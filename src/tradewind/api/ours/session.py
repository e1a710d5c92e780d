"""Signing in and out; one's own account and tokens."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from starlette.responses import Response

from tradewind import __version__
from tradewind.api.access import cookies
from tradewind.api.access.first_admin import NAME, forget_password_file
from tradewind.api.access.passwords import check_new, hash_of, is_right
from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.access.roles import to_records
from tradewind.api.access.secret_words import hashed
from tradewind.api.access.signing_in import begin_session, check_password, login_token
from tradewind.api.call import Call, NoQuery
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import GrantInfo, Me, PasswordChange, SignIn, SignInOptions
from tradewind.api.problems import Forbidden, Invalid, NotFound
from tradewind.model.people import UserChanges, UserRecord

OWN = Need(Resource.SELF, Action.READ)
OWN_CHANGE = Need(Resource.SELF, Action.EDIT)


class Token(Struct, frozen=True):
    access_token: str


def sign_in_options(call: Call[NoQuery, None]) -> SignInOptions:
    """What the sign-in page offers."""
    oidc = call.server.settings.oidc
    url = "/api/tradewind/v1/oidc/start" if oidc.issuer else ""
    return SignInOptions(oidc.has_password_login, oidc.label if oidc.issuer else "", url)


def sign_in(call: Call[NoQuery, SignIn]) -> Response:
    """Begin a session of a browser: sets the cookies."""
    _check_passwords_count(call)
    user = check_password(call.store, call.body.username, call.body.password, call.client, call.now)
    return signed_in(call, user, Response(msgspec.json.encode(_me(call, user)), 201, media_type="application/json"))


def signed_in(call: Call[Any, Any], user: UserRecord, response: Response) -> Response:
    """A new session each time; the one that the browser came with is over: nobody can have put it there to share it."""
    old = call.cookies.get(cookies.SESSION)
    if old:
        call.store.end_session(hashed(old))
    authenticator = call.server.authenticator
    call.store.forget_signins(
        sessions_before=call.now - authenticator.longest, unseen_before=call.now - authenticator.idle, now=call.now
    )
    word = begin_session(call.store, user, call.client, call.headers.get("user-agent", ""), call.now)
    call.server.audit_of(user.name, "sign_in", {"address": call.client.address}, call.now)
    cookies.set_session(
        response, word, is_secure=call.client.is_tls, max_age_seconds=int(authenticator.longest.total_seconds())
    )
    return response


def sign_out(call: Call[NoQuery, None]) -> Response:
    """End this session: its cookie opens nothing any more, wherever it is."""
    if call.who.session_id is not None:
        call.store.end_session(call.who.session_id)
        call.audit("sign_out")
    elif call.who.token_id is not None:
        call.store.revoke_token(call.who.token_id, now=call.now)
        call.audit("sign_out")
    response = Response(status_code=204)
    cookies.forget_session(response, is_secure=call.client.is_tls)
    return response


def make_login_token(call: Call[NoQuery, SignIn]) -> Token:
    """A token for a name and a password, for a day: Airflow's way in for its clients."""
    _check_passwords_count(call)
    user = check_password(call.store, call.body.username, call.body.password, call.client, call.now)
    token = login_token(call.store, user, call.now)
    call.server.audit_of(user.name, "token_for_password", {"address": call.client.address}, call.now)
    return Token(token)


def get_me(call: Call[NoQuery, None]) -> Me:
    """Who calls, and what they may."""
    return _me(call, _own(call))


def change_password(call: Call[NoQuery, PasswordChange]) -> Response:
    """Change one's own password. All other sessions and login tokens of this user are over."""
    user = _own(call)
    if call.who.scopes is not None:
        raise Forbidden("a token with scopes cannot change its user's password")
    if user.comes_from != "local":
        raise Invalid("this account's password is kept by the provider", hint="change it there")
    if not is_right(call.body.old, user.password_hash):
        raise Invalid("the old password is not right")
    if call.body.new == call.body.old:
        raise Invalid("the new password is the old one")
    check_new(call.body.new, user.name)
    changes = UserChanges(password_hash=hash_of(call.body.new), must_change_password=False)
    call.store.change_user(user.user_id, changes, keep_session=call.who.session_id)
    if user.name == NAME:
        forget_password_file(call.server.settings.home)
    call.audit("password_changed")
    return Response(status_code=204)


def _check_passwords_count(call: Call[Any, Any]) -> None:
    if not call.server.settings.oidc.has_password_login:
        raise Forbidden("passwords are not taken here", hint="sign in with the provider, or use an API token")


def _own(call: Call[Any, Any]) -> UserRecord:
    user = call.store.user(call.who.user_id)
    if user is None:
        raise NotFound("this user is gone")
    return user


def _me(call: Call[Any, Any], user: UserRecord) -> Me:
    grants = to_records(call.server.authenticator.grants_of(user))
    return Me(
        name=user.name,
        roles=list(user.roles),
        grants=[GrantInfo(one.resource, one.action, one.dags) for one in grants],
        must_change_password=user.must_change_password,
        version=__version__,
    )


_V1 = "/api/tradewind/v1"
_SIGN_IN = {"signing in": {"username": "admin", "password": "correct horse battery staple"}}
OPERATIONS = (
    Operation(
        method="GET",
        path=f"{_V1}/signin",
        name="sign_in_options",
        tag="Session",
        needs=None,
        do=sign_in_options,
        answer=SignInOptions,
    ),
    Operation(
        method="POST",
        path=f"{_V1}/session",
        name="sign_in",
        tag="Session",
        needs=None,
        do=sign_in,
        body=SignIn,
        answer=Me,
        status=201,
        errors=(401, 403, 429),
        examples=_SIGN_IN,
    ),
    Operation(
        method="DELETE",
        path=f"{_V1}/session",
        name="sign_out",
        tag="Session",
        needs=OWN_CHANGE,
        do=sign_out,
        status=204,
        is_open_before_password_change=True,
    ),
    Operation(
        method="POST",
        path="/auth/token",
        name="create_token",
        tag="Session",
        needs=None,
        do=make_login_token,
        body=SignIn,
        answer=Token,
        status=201,
        errors=(401, 403, 429),
        examples=_SIGN_IN,
    ),
    Operation(
        method="POST",
        path="/auth/token/cli",
        name="create_token_cli",
        tag="Session",
        needs=None,
        do=make_login_token,
        body=SignIn,
        answer=Token,
        status=201,
        errors=(401, 403, 429),
        examples=_SIGN_IN,
    ),
    Operation(
        method="GET",
        path=f"{_V1}/me",
        name="get_me",
        tag="Session",
        needs=OWN,
        do=get_me,
        answer=Me,
        is_open_before_password_change=True,
    ),
    Operation(
        method="POST",
        path=f"{_V1}/me/password",
        name="change_password",
        tag="Session",
        needs=OWN_CHANGE,
        do=change_password,
        body=PasswordChange,
        status=204,
        examples={"another one": {"old": "correct horse battery staple", "new": "a sentence of one's own"}},
        is_open_before_password_change=True,
    ),
)
