"""One connection at a time, made anew where it was lost, and the ways to use it.

A commit whose answer was lost is looked up: the server remembers what became of a transaction by its number.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress

import psycopg

from tradewind.model.database_url import without_password
from tradewind.store.errors import StoreError
from tradewind.store.postgres import schema
from tradewind.store.postgres.clock import ServerClock
from tradewind.store.postgres.connection import PostgresConnection
from tradewind.store.postgres.errors import OutcomeUnknownError, PassingError, explained, refused
from tradewind.store.sql.port import Database

_log = logging.getLogger(__name__)
ALONE_LOCK = 0x74770001
"""Advisory lock of transactions that may not run beside each other."""
BEGIN = "BEGIN; SELECT pg_current_xact_id()::text"
SETTLE_SECONDS = 10.0
SETTLE_PAUSE_SECONDS = 0.1


class PostgresDatabase(Database):
    def __init__(self, url: str) -> None:
        self.url = url
        self.shown_url = without_password(url)
        self._clock = ServerClock()
        self._held: PostgresConnection | None = None
        self._transaction: str | None = None
        """Number of the open transaction."""
        self._must_be_alone = False
        """The next transaction may not run beside others of this kind."""
        self._after_opening()

    def close(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    # ------------------------------------------------------------------------------------ ways to use it

    @contextmanager
    def _writing(self) -> Generator[PostgresConnection]:
        """READ COMMITTED. Where a method reads first and then writes what follows from it, `_must_be_alone` has it wait
        for others of its kind; `commit` locks the rows of its runs instead, and all its writes expect a state."""
        connection = self._begin()
        number = self._transaction or ""
        try:
            with self._readable_errors():
                yield connection
        except BaseException:
            self._roll_back()
            raise
        self._commit(connection, number)

    @contextmanager
    def _reading(self) -> Generator[PostgresConnection]:
        connection = self._open()
        with self._readable_errors():
            yield connection

    @contextmanager
    def _reading_at_once(self) -> Generator[PostgresConnection]:
        connection = self._open()
        if self._transaction is not None:
            yield connection
            return
        with self._readable_errors():
            connection.say("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield connection
                connection.say("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def revision(self) -> str:
        with self._reading() as connection:
            return schema.revision_of(connection) or ""

    def _damage(self) -> list[str]:
        found = self.revision()
        if found != schema.HEAD:
            return [f"its revision is {found}, but this version of Tradewind works with {schema.HEAD}"]
        with self._reading_at_once() as connection:
            return schema.orphans(connection)

    # ------------------------------------------------------------------------------------ transactions

    def _begin(self) -> PostgresConnection:
        connection = self._open()
        if self._transaction is None:
            with self._readable_errors():
                self._transaction = self._begin_on(connection)
        return connection

    def _begin_on(self, connection: PostgresConnection) -> str:
        """In one message to the server, the number with it."""
        lock = f", pg_advisory_xact_lock({ALONE_LOCK})" if self._must_be_alone else ""
        cursor = connection.say(BEGIN + lock)
        cursor.nextset()
        row = cursor.fetchone()
        assert row is not None, "a select of a function has a row"
        return row[0]

    def _roll_back(self) -> None:
        self._transaction = None
        if self._held is not None:
            with suppress(psycopg.Error):
                self._held.say("ROLLBACK")
            if self._held.is_closed:
                self.close_connection()

    def _commit(self, connection: PostgresConnection, number: str) -> None:
        self._transaction = None
        try:
            connection.say("COMMIT")
        except psycopg.Error as error:
            problem = self._explain(error)
            if not (isinstance(problem, PassingError) and problem.is_cut_off):
                self._roll_back()
                raise problem from error
            if not self._settled(number):
                raise problem from error

    def _settled(self, number: str) -> bool:
        """Whether a transaction was committed whose answer was lost. Raises OutcomeUnknownError where the server does
        not come back soon: its caller asks again."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            with suppress(StoreError):
                if (outcome := self._outcome_of(number)) != "in progress":
                    _log.warning("the answer to a commit was lost; it was %s", outcome)
                    return outcome == "committed"
            if time.monotonic() > deadline:
                raise OutcomeUnknownError(
                    f"the database {self.shown_url} was lost in the middle of a commit",
                    hint="wait until it is back: then it is asked what became of it",
                    transaction=number,
                )
            time.sleep(SETTLE_PAUSE_SECONDS)

    def _outcome_of(self, number: str) -> str:
        """`committed`, `aborted` or `in progress`. A number that the server has not given out yet is one of a primary
        that failed before a standby had heard of it."""
        with self._reading() as connection:
            try:
                row = connection.execute("SELECT pg_xact_status(CAST(? AS xid8))", (number,)).fetchone()
            except psycopg.errors.InvalidParameterValue:
                return "aborted"
        return (row[0] if row else None) or "aborted"

    # ------------------------------------------------------------------------------------ the connection

    def _open(self) -> PostgresConnection:
        if self._held is None or self._held.is_closed:
            self._transaction = None
            self._held = self._connect()
            self._after_opening()
        return self._held

    def _connect(self) -> PostgresConnection:
        try:
            return PostgresConnection(self.url)
        except psycopg.Error as error:
            raise refused(error, self.shown_url) from error

    def _after_opening(self) -> None:
        """The schema is made or brought to head, and the server's clock is read."""
        connection = self._held or self._connect()
        self._held = connection
        with self._readable_errors():
            schema.bring_to_head(connection, self.url)
            self._clock.measure(connection)

    def close_connection(self) -> None:
        """The next use makes a new one."""
        if self._held is not None:
            with suppress(psycopg.Error):
                self._held.close()
            self._held = None
        self._transaction = None

    @contextmanager
    def _readable_errors(self) -> Generator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise self._explain(error) from error

    def _explain(self, error: psycopg.Error) -> StoreError:
        problem = explained(error, self.shown_url, is_closed=self._held is None or self._held.is_closed)
        if isinstance(problem, PassingError) and problem.is_cut_off:
            self.close_connection()
        return problem
