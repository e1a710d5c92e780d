"""`tradewind rotate-key`: another key for all secrets in the database."""

from __future__ import annotations

import click

from tradewind.cli.audited import audited
from tradewind.cli.home import open_home
from tradewind.model.errors import ConfigurationError
from tradewind.store.sql.secrets import KEY_FILE, rotate_begin, rotate_end


@click.command("rotate-key")
@click.option("--keep-old", is_flag=True, help="Keep the old keys in the file: run it again when all machines have it.")
def rotate_key(keep_old: bool) -> None:
    """Encrypt all variables and connections with a new key. Services may run meanwhile.

    The new key is put before the old ones in HOME/secret.key, then every secret is encrypted anew, then the old keys
    are forgotten. Where that is cut short nothing is lost: run it again. Several machines share the file: use
    --keep-old, copy the file to all of them, and run it again without. Backups need the key of their time.
    """
    with open_home() as home:
        if home.remote is not None:
            raise ConfigurationError(
                f"the key is a file of the server's machine, not of {home.remote.client.remote.url}",
                hint="run it there; for this machine: TRADEWIND_URL= tradewind rotate-key",
            )
        folder = home.settings.home
        rotate_begin(folder)
        count = home.store.encrypt_anew()
        if not keep_old:
            rotate_end(folder)
        audited(home, "key_rotated", count=count)
    click.echo(f"{count} secrets are encrypted with a new key in {folder / KEY_FILE}")
