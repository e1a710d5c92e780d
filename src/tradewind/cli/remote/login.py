"""`tradewind login` and `logout`: which server the commands of this user talk to."""

from __future__ import annotations

import sys
from contextlib import closing, suppress

import click
import msgspec

from tradewind.cli.remote.client import ROOT, Client, ServerError
from tradewind.cli.remote.store import RemoteStore
from tradewind.cli.remote.target import TOKEN, Remote, checked, keep, kept, login_file
from tradewind.model.errors import TradewindError


@click.command()
@click.argument("url")
@click.option("--token", help="An API token (`-`: from standard input). Else name and password are asked for.")
@click.option("--username", help="Name; the password is asked for.")
def login(url: str, token: str | None, username: str | None) -> None:
    """Have commands talk to the server at URL from now on, until `tradewind logout`.

    The token is kept in the home, readable by you alone. In scripts and CI set TRADEWIND_URL and TRADEWIND_TOKEN
    instead. Commands that run things (run, standalone, scheduler, …) always work here.
    """
    address = checked(url)
    if token == "-":
        token = sys.stdin.readline().strip()
    if token is None:
        token = _by_password(address, username)
    if not token:
        raise click.UsageError("the token is empty")
    found = Remote(address, token, "tradewind login")
    store = RemoteStore(Client(found))
    try:
        store.now()
    finally:
        store.close()
    click.echo(f"commands talk to {address} from now on (until `tradewind logout`); the token is in {keep(found)}")


@click.command()
def logout() -> None:
    """Have commands work on this machine's own home again."""
    known = kept()
    if known is None:
        raise TradewindError("nobody is signed in to a server from here", hint="tradewind login URL")
    with suppress(FileNotFoundError):
        login_file().unlink()
    click.echo(f"signed out of {known.url}; a token that is needed no more: tradewind tokens, or the user interface")


def _by_password(address: str, username: str | None) -> str:
    """A token for name and password."""
    if not sys.stdin.isatty() and username is None:
        raise click.UsageError(f"give --token, or set {TOKEN}: there is no terminal to ask at")
    name = username or click.prompt("name")
    password = click.prompt("password", hide_input=True)
    token = _token(address, name, password)
    with closing(Client(Remote(address, token, "tradewind login"))) as client:
        if not msgspec.json.decode(client.request("GET", f"{ROOT}/me").data)["must_change_password"]:
            return token
        password = _chosen_instead_of(client, name, password)
    return _token(address, name, password)


def _token(address: str, name: str, password: str) -> str:
    with closing(Client(Remote(address, "", "tradewind login"))) as client:
        answer = client.request("POST", "/auth/token", {"username": name, "password": password})
        return str(msgspec.json.decode(answer.data)["access_token"])


def _chosen_instead_of(client: Client, name: str, old: str) -> str:
    """A password of one's own: the one that somebody else made opens nothing else. All that it opened is over then."""
    if not sys.stdin.isatty():
        raise ServerError(
            f"{name} has to choose a password first: the one in use was made by somebody else",
            hint=f"run `tradewind login {client.remote.url}` at a terminal, or sign in there with a browser",
        )
    click.echo(f"The password of {name} was made by somebody else. Choose one of your own (at least 8 characters).")
    new = click.prompt("new password", hide_input=True, confirmation_prompt=True)
    client.request("POST", f"{ROOT}/me/password", {"old": old, "new": new})
    return new
