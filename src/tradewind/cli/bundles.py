"""`tradewind bundles`: where DAG files come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import click

from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.dag_processor.bundles import Bundle, bundles_of
from tradewind.dag_processor.git import fetch, last_checkout, repository_of
from tradewind.dag_processor.git_command import credentials_of
from tradewind.model.errors import NotFoundError
from tradewind.model.parsing import REFRESH_REQUEST


@click.group()
def bundles() -> None:
    """List and refresh bundles: the folders and git repositories that DAG files come from."""


@bundles.command("list")
@output_option
def list_bundles(output: str) -> None:
    """List the bundles of the settings, with the commit that a repository is at, and what is wrong with them."""
    with open_home() as home:
        problems = {error.root: error.message for error in home.store.import_errors() if not error.file}
        rows = [_row(bundle, home, problems) for bundle in bundles_of(home.settings)]
    print_rows(rows, output)


@bundles.command()
@click.argument("name", required=False)
def refresh(name: str | None) -> None:
    """Fetch a bundle (all of them without a NAME) and parse what has changed, now."""
    from tradewind.cli.dags.parse import ask  # with the store's rows: not for --help

    with open_home() as home:
        chosen = [bundle for bundle in bundles_of(home.settings) if name in (None, bundle.name)]
        if not chosen:
            raise NotFoundError(f"there is no bundle {name!r}", hint="see `tradewind bundles list`")
        if ask(home, {"name": name} if name else {}, REFRESH_REQUEST):
            return
        for bundle in chosen:
            if bundle.kind == "git":
                found = fetch(bundle, home.settings.home, credentials_of(bundle, home.store, home.settings.home))
                click.echo(f"{bundle.name} is at commit {found.commit}")
    from tradewind.cli.scan import scan  # the parse server: only for this

    click.echo(f"{len(scan(home.settings))} DAG files parsed")


def _row(bundle: Bundle, home: Home, problems: Mapping[str, str]) -> dict[str, Any]:
    root = bundle.path or str(repository_of(home.settings.home, bundle.name))
    checkout = last_checkout(bundle, home.settings.home) if bundle.kind == "git" else None
    return {
        "name": bundle.name,
        "kind": bundle.kind,
        "from": re.sub(r"(?<=://)[^/@\s]+@", "***@", bundle.url) or bundle.path,
        "ref": bundle.ref,
        "commit": checkout.commit if checkout else "",
        "folder": str(checkout.root) if checkout else bundle.path,
        "refresh_seconds": bundle.refresh_seconds if bundle.kind == "git" else None,
        "problem": problems.get(root, ""),
    }
