"""A process that tries one connection by its type's hook, which is a provider's code: `python -m` with the connection
as JSON on its standard input; the outcome is the last line of its standard output."""

from __future__ import annotations

import contextlib
import os
import sys

import msgspec
from msgspec import Struct

from tradewind.authoring.connections import Connection
from tradewind.authoring.secrets import masker
from tradewind.model.records import ConnectionRecord

LONGEST_MESSAGE = 2_000


class Tried(Struct, frozen=True):
    is_good: bool
    message: str


def try_connection(record: ConnectionRecord) -> Tried:
    """Log in with it. The type's provider package must be installed. Secrets in the message are masked."""
    from tradewind.airflow_compat import hook  # imports a provider's code: only for this

    connection = Connection.from_record(record)
    masker().add_mask(record.password)
    masker().add_mask(connection.extra_dejson)
    hook.install()
    os.environ[f"AIRFLOW_CONN_{record.conn_id.upper()}"] = connection.as_json()  # a hook asks for it by name
    is_good, says = connection.test_connection()
    return Tried(bool(is_good), masker().redact(str(says))[:LONGEST_MESSAGE])


def main() -> None:
    record = msgspec.json.decode(sys.stdin.buffer.read(), type=ConnectionRecord)
    with contextlib.redirect_stdout(sys.stderr):
        tried = try_connection(record)
    sys.stdout.write(msgspec.json.encode(tried).decode() + "\n")


if __name__ == "__main__":
    main()
