"""Wake-up calls by LISTEN and NOTIFY, on a connection and in a thread of their own, so that a lost one is made anew
while whoever listens waits for other things."""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Callable, Collection
from contextlib import suppress

import psycopg

from tradewind.model.service import Topic
from tradewind.store.postgres.connection import PostgresConnection

_log = logging.getLogger(__name__)
RECONNECT_SECONDS = 0.5
_TOPICS = frozenset(str(topic) for topic in Topic)


class NotifyListener:
    """See `store.facets.services.Listener`. After a lost connection it has heard everything."""

    def __init__(self, connect: Callable[[], PostgresConnection], topics: Collection[Topic]) -> None:
        """Raises StoreError where the database cannot be reached."""
        self._connect = connect
        self._topics = frozenset(topics)
        self._heard: set[Topic] = set()
        self._lock = threading.Lock()
        self._bell, self._hand = socket.socketpair()
        self._stop, self._stopper = socket.socketpair()
        for end in (self._bell, self._hand):
            end.setblocking(False)
        connection = self._listening()
        self._thread = threading.Thread(target=self._listen, args=(connection,), name="listen", daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        return self._bell.fileno()

    def heard(self) -> set[Topic]:
        with self._lock:
            with suppress(BlockingIOError):
                while self._bell.recv(4096):
                    pass
            heard, self._heard = self._heard, set()
            return heard

    def close(self) -> None:
        self._stopper.close()
        self._thread.join()
        for end in (self._bell, self._hand, self._stop):
            end.close()

    # ------------------------------------------------------------------------------------ in the thread

    def _listen(self, connection: PostgresConnection | None) -> None:
        while not self._is_stopped(0):
            try:
                connection = connection or self._listening()
                self._hear(connection)
            except Exception as error:  # whatever it is: a listener that is deaf for good would stall its process
                _log.debug("listening again in a moment: %s", error)
                if connection is not None:
                    connection.close()
                connection = None
                self._ring(self._topics)  # whoever listens looks for itself, and sees that the database is away
                if self._is_stopped(RECONNECT_SECONDS):
                    break
                with suppress(Exception):
                    connection = self._listening()
                    self._ring(self._topics)
        if connection is not None:
            connection.close()

    def _hear(self, connection: PostgresConnection) -> None:
        """Until it is to stop. Raises psycopg.Error where the connection is lost."""
        while True:
            select.select([connection.raw.fileno(), self._stop], [], [])
            if self._is_stopped(0):
                return
            names = [notice.payload for notice in connection.raw.notifies(timeout=0)]
            self._ring({Topic(name) for name in names if name in _TOPICS} & self._topics)
            if connection.is_closed:
                raise psycopg.OperationalError("the connection was closed")

    def _listening(self) -> PostgresConnection:
        connection = self._connect()
        connection.say(f"LISTEN {channel_of(connection)}")
        return connection

    def _is_stopped(self, timeout_seconds: float) -> bool:
        return bool(select.select([self._stop], [], [], timeout_seconds)[0])

    def _ring(self, topics: Collection[Topic]) -> None:
        if topics:
            with self._lock:
                self._heard |= set(topics)
                with suppress(BlockingIOError):  # full of calls that nobody has heard yet
                    self._hand.send(b"!")


def channel_of(connection: PostgresConnection) -> str:
    """One for each schema: several homes may share a database. Quoted."""
    row = connection.say("SELECT quote_ident('tradewind_' || current_schema())").fetchone()
    assert row is not None, "a select of a function has a row"
    return row[0]
