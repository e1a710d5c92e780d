"""`tradewind tokens`: for programs that call the API."""

from __future__ import annotations

from datetime import timedelta

import click

from tradewind.api.access.roles import to_records
from tradewind.api.access.secret_words import new_token
from tradewind.cli.audited import audited
from tradewind.cli.complete import from_store
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.people.home import local_home, user_named
from tradewind.cli.people.roles import parsed
from tradewind.cli.people.users import complete_user
from tradewind.model.errors import NotFoundError
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
    with local_home() as home:
        found = home.store.tokens(None if user is None else user_named(home, user).user_id)
    rows = [
        {
            "id": token.token_id,
            "user": name,
            "label": token.label,
            "scopes": _scopes(token),
            "expires": token.expires_at,
            "last used": token.seen_at,
            "revoked": token.revoked_at,
        }
        for token, name in found
    ]
    print_rows(rows, output, empty="no tokens; make one: tradewind tokens create --user NAME LABEL")


@tokens.command()
@click.argument("label")
@click.option("-u", "--user", default="admin", show_default=True, shell_complete=complete_user, help="Whose it is.")
@click.option("-s", "--scope", "scopes", multiple=True, help="ACTIONS:RESOURCES[@DAGS]; may be repeated. None: all.")
@click.option("--days", type=click.IntRange(1, 1830), default=90, show_default=True, help="How long it is good for.")
def create(label: str, user: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token and print it, this once. It can never do more than its user."""
    now = utc_now()
    lines = tuple(line for text in scopes for line in parsed(text))
    token_id, secret_hash, word = new_token()
    with local_home() as home:
        made = TokenRecord(
            token_id=token_id,
            user_id=user_named(home, user).user_id,
            kind="api",
            label=label[:LABEL_LENGTH],
            secret_hash=secret_hash,
            scopes=to_records(lines) if scopes else None,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        home.store.add_token(made)
        audited(home, "token_created", which=token_id, label=made.label, user=user)
    click.echo(word)


@tokens.command()
@click.argument("token_id", shell_complete=complete_token)
def revoke(token_id: str) -> None:
    """Revoke a token: it opens nothing from now on."""
    with local_home() as home:
        if not home.store.revoke_token(token_id, now=utc_now()):
            raise NotFoundError(
                f"there is no token {token_id!r} that could be revoked", hint="see `tradewind tokens list`"
            )
        audited(home, "token_revoked", which=token_id)
    click.echo(f"token {token_id} is revoked")


def _scopes(token: TokenRecord) -> str | list[str]:
    if token.scopes is None:
        return "all"
    return [f"{one.action}:{one.resource}@{one.dags}" for one in token.scopes]
