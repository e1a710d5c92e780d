"""`tradewind users`: who may sign in."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from tradewind.api.access.first_admin import NAME, forget_password_file
from tradewind.api.access.passwords import check_new, hash_of, random_password
from tradewind.api.access.roles import BUILT_IN
from tradewind.cli.audited import audited
from tradewind.cli.complete import from_store
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.people import there
from tradewind.cli.people.home import user_named
from tradewind.model.errors import NotFoundError
from tradewind.model.people import NewUser, UserChanges, UserRecord
from tradewind.scheduler.clock import utc_now

complete_user = from_store(lambda store, _: [user.name for user in store.users()])
complete_role = from_store(lambda store, _: [*BUILT_IN, *(role.name for role in store.roles())])


F = TypeVar("F", bound=Callable[..., Any])


def who(function: F) -> F:
    """NAME, or `-u/--username NAME` as Airflow has it, as the parameter `name`."""

    @functools.wraps(function)
    def wrapped(name: str | None, username: str | None, **others: Any) -> Any:
        if (name or username) is None:
            raise click.UsageError("which user? Give NAME")
        return function(name=name or username, **others)

    option = click.option("-u", "--username", shell_complete=complete_user, hidden=True, help="As Airflow has it.")
    found: Any = click.argument("name", required=False, shell_complete=complete_user)(option(wrapped))
    return found


def role_named(text: str) -> str:
    """Airflow writes its own with a capital: `Admin`, `Op`."""
    return text.lower() if text.lower() in BUILT_IN else text


@click.group()
def users() -> None:
    """List, make, change and delete users of the API and the user interface."""


@users.command("list")
@output_option
def list_users(output: str) -> None:
    """List users with their roles."""
    with open_home() as home:
        rows = [_row(user) for user in home.store.users()]
    print_rows(rows, output, empty="no users yet: the first start of `tradewind api-server` makes admin")


@users.command()
@who
@click.option("-r", "--role", "roles", multiple=True, shell_complete=complete_role, help="May be repeated.")
@click.option("-e", "--email", default="", help="For people to find them.")
@click.option("-p", "--password", help="Better left away: one is made and printed, or use --ask.")
@click.option("--ask", is_flag=True, help="Ask for the password.")
@click.option("-f", "--firstname", hidden=True, help="As Airflow has it; not kept.")
@click.option("-l", "--lastname", hidden=True, help="As Airflow has it; not kept.")
@click.option(
    "--use-random-password", is_flag=True, hidden=True, help="As Airflow has it: so it is without --password."
)
def create(name: str, roles: tuple[str, ...], email: str, password: str | None, ask: bool, **_not_kept: Any) -> None:
    """Make a user, of the role viewer if none is given; prints the password that was made."""
    given = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask else password
    roles = tuple(map(role_named, roles)) or ("viewer",)
    with open_home() as home:
        if home.remote is not None:
            word = there.create_user(home.remote, name, roles, email, given)
        else:
            word = _create(home, name, roles, email, given)
    click.echo(f"user {name} is made, with the role {', '.join(roles)}")
    if given is None:
        click.echo(f"password: {word}")


@users.command("set")
@who
@click.option("-r", "--role", "roles", multiple=True, shell_complete=complete_role, help="All roles from now on.")
@click.option("--email", help="Another address.")
@click.option("--close/--open", "is_closed", default=None, help="Close the account, or open it again.")
def change(name: str, roles: tuple[str, ...], email: str | None, is_closed: bool | None) -> None:
    """Change a user's roles or e-mail, or close the account."""
    is_active = None if is_closed is None else not is_closed
    roles = tuple(map(role_named, roles))
    with open_home() as home:
        user = user_named(home, name)
        if home.remote is not None:
            changes = {"roles": list(roles) or None, "email": email, "is_active": is_active}
            there.change_user(home.remote, user.user_id, changes)
        else:
            _check(home, roles)
            home.store.change_user(user.user_id, UserChanges(roles=roles or None, email=email, is_active=is_active))
            audited(home, "user_changed", user=name, roles=roles or None, is_active=is_active)
    click.echo(f"user {name} is changed")


@users.command("add-role")
@who
@click.option("-r", "--role", required=True, shell_complete=complete_role, help="One more.")
def add_role(name: str, role: str) -> None:
    """Give a user one more role."""
    _change_roles(name, lambda roles: (*roles, role_named(role)))


@users.command("remove-role")
@who
@click.option("-r", "--role", required=True, shell_complete=complete_role, help="One less.")
def remove_role(name: str, role: str) -> None:
    """Take a role from a user."""
    _change_roles(name, lambda roles: tuple(one for one in roles if one != role_named(role)))


@users.command("reset-password")
@who
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one.")
def reset_password(name: str, ask: bool) -> None:
    """Give a user a new password, and sign them out everywhere: also for an admin who has lost theirs."""
    given = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask else None
    word = given or random_password()
    check_new(word, name)
    with open_home() as home:
        user = user_named(home, name)
        if home.remote is not None:
            there.change_user(home.remote, user.user_id, {"password": word})
        else:
            changes = UserChanges(password_hash=hash_of(word), must_change_password=given is None)
            home.store.change_user(user.user_id, changes)
            audited(home, "password_reset", user=name)
            if name == NAME:
                forget_password_file(home.settings.home)
    click.echo(f"user {name} has a new password" + ("" if given else f": {word}"))


@users.command()
@who
def delete(name: str) -> None:
    """Delete a user, with sessions and tokens."""
    with open_home() as home:
        user = user_named(home, name)
        if home.remote is not None:
            there.delete_user(home.remote, user.user_id)
        else:
            home.store.delete_user(user.user_id)
            audited(home, "user_deleted", user=name)
    click.echo(f"user {name} is deleted")


def _change_roles(name: str, changed: Callable[[tuple[str, ...]], Iterable[str]]) -> None:
    with open_home() as home:
        user = user_named(home, name)
        roles = tuple(dict.fromkeys(changed(tuple(user.roles))))
        if home.remote is not None:
            there.change_user(home.remote, user.user_id, {"roles": list(roles)})
        else:
            _check(home, roles)
            home.store.change_user(user.user_id, UserChanges(roles=roles))
            audited(home, "user_changed", user=name, roles=roles)
    click.echo(f"user {name} has the roles {', '.join(roles) or 'none'}")


def _create(home: Home, name: str, roles: tuple[str, ...], email: str, given: str | None) -> str:
    """The password."""
    word = given or random_password()
    check_new(word, name)
    _check(home, roles)
    user = NewUser(name=name, email=email, roles=roles, password_hash=hash_of(word), must_change_password=given is None)
    home.store.create_user(user, now=utc_now())
    audited(home, "user_created", user=name, roles=roles)
    return word


def _check(home: Home, roles: tuple[str, ...]) -> None:
    known = [*BUILT_IN, *(role.name for role in home.store.roles())]
    for role in roles:
        if role not in known:
            raise NotFoundError(f"there is no role {role!r}", hint=f"there are {', '.join(known)}")


def _row(user: UserRecord) -> dict[str, Any]:
    return {
        "name": user.name,
        "roles": list(user.roles),
        "email": user.email,
        "active": user.is_active,
        "from": user.comes_from,
        "last seen": user.seen_at,
    }
