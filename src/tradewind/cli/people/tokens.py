"""`tradewind tokens`: for programs that call the API."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click

from tradewind.api.access.first_admin import NAME
from tradewind.api.access.rights import Grant
from tradewind.api.access.roles import to_records
from tradewind.api.access.secret_words import new_token
from tradewind.cli.audited import audited
from tradewind.cli.complete import from_store
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.people import there
from tradewind.cli.people.home import user_named
from tradewind.cli.people.roles import parsed
from tradewind.cli.people.users import complete_user
from tradewind.model.errors import ConfigurationError, NotFoundError
from tradewind.model.people import TokenRecord
from tradewind.scheduler.clock import utc_now

LABEL_LENGTH = 200
complete_token = from_store(lambda store, _: [token.token_id for token, _ in store.tokens()])


@click.group()
def tokens() -> None:
    """Make, list and revoke tokens of the API."""


@tokens.command("list")
@click.option("-u", "--user", shell_complete=complete_user, help="Only this user's.")
@output_option
def list_tokens(user: str | None, output: str) -> None:
    """List tokens, newest first. The tokens themselves are nowhere: only their hashes are kept."""
    with open_home() as home:
        if home.remote is not None and there.sees_own_tokens_alone(home.remote, user):
            rows = [_own_row(one) for one in there.own_tokens(home.remote)]
        else:
            found = home.store.tokens(None if user is None else user_named(home, user).user_id)
            rows = [_row(token, name) for token, name in found]
    print_rows(rows, output, empty="no tokens; make one: tradewind tokens create --user NAME LABEL")


@tokens.command()
@click.argument("label")
@click.option("-u", "--user", shell_complete=complete_user, help="Whose it is: admin's; of a server, your own.")
@click.option("-s", "--scope", "scopes", multiple=True, help="ACTIONS:RESOURCES[@DAGS]; may be repeated. None: all.")
@click.option("--days", type=click.IntRange(1, 1830), default=90, show_default=True, help="How long it is good for.")
def create(label: str, user: str | None, scopes: tuple[str, ...], days: int) -> None:
    """Make a token and print it, this once. It can never do more than its user."""
    lines = tuple(line for text in scopes for line in parsed(text)) if scopes else None
    expires_at = utc_now() + timedelta(days=days)
    with open_home() as home:
        if home.remote is not None:
            own = there.own_name(home.remote)
            if user not in (None, own):
                raise ConfigurationError(
                    f"on a server everybody makes tokens for themselves: you are {own}",
                    hint=f"let {user} do it; or run this on the server's machine, without TRADEWIND_URL",
                )
            word = there.create_own_token(home.remote, label[:LABEL_LENGTH], lines, expires_at)
        else:
            word = _created(home, label[:LABEL_LENGTH], user or NAME, lines, expires_at)
    click.echo(word)


def _created(home: Home, label: str, name: str, scopes: tuple[Grant, ...] | None, expires_at: datetime) -> str:
    token_id, secret_hash, word = new_token()
    user = user_named(home, name)
    home.store.add_token(
        TokenRecord(
            token_id=token_id,
            user_id=user.user_id,
            kind="api",
            label=label,
            secret_hash=secret_hash,
            scopes=None if scopes is None else to_records(scopes),
            created_at=utc_now(),
            expires_at=expires_at,
        )
    )
    audited(home, "token_created", which=token_id, label=label, user=name)
    if user.must_change_password:
        click.secho(f"it opens nothing before {name} has chosen a password: sign in once", fg="yellow", err=True)
    return word


@tokens.command()
@click.argument("token_id", shell_complete=complete_token)
def revoke(token_id: str) -> None:
    """Revoke a token: it opens nothing from now on."""
    with open_home() as home:
        if home.remote is not None:
            there.revoke_token(home.remote, token_id)
        elif home.store.revoke_token(token_id, now=utc_now()):
            audited(home, "token_revoked", which=token_id)
        else:
            raise NotFoundError(
                f"there is no token {token_id!r} that could be revoked", hint="see `tradewind tokens list`"
            )
    click.echo(f"token {token_id} is revoked")


def _row(token: TokenRecord, user: str) -> dict[str, Any]:
    return {
        "id": token.token_id,
        "user": user,
        "label": token.label,
        "scopes": _scopes(token),
        "expires": token.expires_at,
        "last used": token.seen_at,
        "revoked": token.revoked_at,
    }


def _own_row(token: dict[str, Any]) -> dict[str, Any]:
    """As a server tells it."""

    def instant(name: str) -> datetime | None:
        return None if token[name] is None else datetime.fromisoformat(token[name])

    scopes = token["scopes"]
    return {
        "id": token["token_id"],
        "user": token["user"],
        "label": token["label"],
        "scopes": "all" if scopes is None else [f"{one['action']}:{one['resource']}@{one['dags']}" for one in scopes],
        "expires": instant("expires_at"),
        "last used": instant("last_used_at"),
        "revoked": instant("revoked_at"),
    }


def _scopes(token: TokenRecord) -> str | list[str]:
    if token.scopes is None:
        return "all"
    return [f"{one.action}:{one.resource}@{one.dags}" for one in token.scopes]
