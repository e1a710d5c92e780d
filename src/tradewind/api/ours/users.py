"""Users: listed, made, changed and deleted by those who may."""

from __future__ import annotations

from typing import Any

from tradewind.api.access.first_admin import NAME, forget_password_file
from tradewind.api.access.passwords import check_new, hash_of, random_password
from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.access.roles import BUILT_IN
from tradewind.api.call import Call, NoQuery
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import NewUser, UserChange, UserInfo, UserMade
from tradewind.api.problems import BadRequest, Conflict, Forbidden, Invalid, NotFound
from tradewind.model import people
from tradewind.model.people import UserRecord
from tradewind.store.errors import LastAdminError, TakenError

LONGEST_NAME = 200


def list_users(call: Call[NoQuery, None]) -> list[UserInfo]:
    """All users, by name."""
    return [shown(user) for user in call.store.users()]


def create_user(call: Call[NoQuery, NewUser]) -> UserMade:
    """Make a user who signs in with a password. Without one in the body, one is made and shown this once."""
    name = call.body.name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(f"a name has 1 to {LONGEST_NAME} characters that can be seen")
    _check_roles(call, call.body.roles)
    password = call.body.password or random_password()
    check_new(password, name)
    user = people.NewUser(
        name=name,
        email=call.body.email[:LONGEST_NAME],
        roles=call.body.roles,
        password_hash=hash_of(password),
        must_change_password=not call.body.password,
    )
    try:
        made = call.store.create_user(user, now=call.now)
    except TakenError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.audit("user_created", user=name, roles=call.body.roles)
    return UserMade(shown(made), "" if call.body.password else password)


def change_user(call: Call[NoQuery, UserChange]) -> UserInfo:
    """Change e-mail, roles, password, or close the account. A new password signs the user out everywhere."""
    user = _user(call)
    _check_not_above(call, user)
    body = call.body
    if body.roles is not None:
        _check_roles(call, body.roles)
    password_hash = None
    if body.password is not None:
        if user.comes_from != "local":
            raise Invalid(f"the password of {user.name} is kept by the provider", hint="change it there")
        check_new(body.password, user.name)
        password_hash = hash_of(body.password)
    changes = people.UserChanges(
        email=body.email,
        roles=None if body.roles is None else tuple(body.roles),
        is_active=body.is_active,
        password_hash=password_hash,
        must_change_password=None if password_hash is None else user.user_id != call.who.user_id,
    )
    try:
        call.store.change_user(user.user_id, changes, keep_session=call.who.session_id)
    except LastAdminError as error:
        raise Conflict(error.message, hint=error.hint) from error
    if password_hash is not None and user.name == NAME:
        forget_password_file(call.server.settings.home)
    changed = [name for name in body.__struct_fields__ if getattr(body, name) is not None]
    call.audit("user_changed", user=user.name, changed=changed, roles=body.roles, is_active=body.is_active)
    return shown(_user(call))


def delete_user(call: Call[NoQuery, None]) -> None:
    """Delete a user, with sessions and tokens. What they did stays in the audit."""
    user = _user(call)
    if user.user_id == call.who.user_id:
        raise Conflict("nobody deletes the account they are signed in with", hint="let another admin do it")
    _check_not_above(call, user)
    try:
        call.store.delete_user(user.user_id)
    except LastAdminError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.audit("user_deleted", user=user.name)


def shown(user: UserRecord) -> UserInfo:
    return UserInfo(
        user_id=user.user_id,
        name=user.name,
        email=user.email,
        roles=list(user.roles),
        is_active=user.is_active,
        comes_from=user.comes_from,
        created_at=user.created_at,
        last_seen_at=user.seen_at,
    )


def _user(call: Call[Any, Any]) -> UserRecord:
    text = call.path["user_id"]
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NotFound(f"there is no user {text[:50]!r}", hint="users are named by their number")
    found = call.store.user(int(text))
    if found is None:
        raise NotFound(f"there is no user {text}")
    return found


def _check_not_above(call: Call[Any, Any], user: UserRecord) -> None:
    """Who may edit users gives no admin a new password to sign in with."""
    if not all(call.holds_grant(grant) for grant in call.server.authenticator.grants_of(user)):
        raise Forbidden(f"{user.name} may do more than {call.who.name}, who cannot change that account")


def _check_roles(call: Call[Any, Any], names: tuple[str, ...] | list[str]) -> None:
    """They exist, and who gives them has what they hold: else whoever may edit users may do everything."""
    known = {*BUILT_IN, *(role.name for role in call.store.roles())}
    for name in names:
        if name not in known:
            raise BadRequest(f"there is no role {name!r}", hint=f"there are {', '.join(sorted(known))}")
        if name not in call.who.roles and not call.holds(name):
            raise Forbidden(f"{call.who.name} cannot give the role {name}, which holds more than theirs")


_ROOT = "/api/tradewind/v1/users"
OPERATIONS = (
    Operation(
        method="GET",
        path=_ROOT,
        name="list_users",
        tag="Users",
        needs=Need(Resource.USER),
        do=list_users,
        answer=list[UserInfo],
    ),
    Operation(
        method="POST",
        path=_ROOT,
        name="create_user",
        tag="Users",
        needs=Need(Resource.USER, Action.CREATE),
        do=create_user,
        body=NewUser,
        answer=UserMade,
        status=201,
        errors=(409,),
        examples={"an operator": {"name": "ada", "roles": ["op"]}},
    ),
    Operation(
        method="PATCH",
        path=f"{_ROOT}/{{user_id}}",
        name="change_user",
        tag="Users",
        needs=Need(Resource.USER, Action.EDIT),
        do=change_user,
        body=UserChange,
        answer=UserInfo,
        errors=(409,),
        examples={"another role": {"roles": ["viewer"]}},
    ),
    Operation(
        method="DELETE",
        path=f"{_ROOT}/{{user_id}}",
        name="delete_user",
        tag="Users",
        needs=Need(Resource.USER, Action.DELETE),
        do=delete_user,
        status=204,
        errors=(409,),
    ),
)
