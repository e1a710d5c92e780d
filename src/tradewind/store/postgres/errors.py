"""psycopg's errors as StoreErrors that say what to do, and whether the transaction may be tried again at once."""

from __future__ import annotations

import re

import psycopg

from tradewind.store.errors import StoreError

DEADLOCK, SERIALIZATION = "40P01", "40001"
_AGAIN = {DEADLOCK, SERIALIZATION}
_CUT_OFF = {"57P01", "57P02", "57P03", "57P05", "25P03", "25006"}
"""The server ends the session, or has become a standby: another session may do."""
_STORIES = {
    DEADLOCK: ("found two transactions that wait for each other", "wait; it is tried again"),
    SERIALIZATION: ("could not put two transactions in a row", "wait; it is tried again"),
    "53300": ("has no connection left", "raise max_connections, or end other clients"),
    "53100": ("has a full disk", "free some space; nothing that was committed is lost"),
    "53200": ("is out of memory", "give it more, or end other clients"),
    "55P03": ("has locked what is needed for too long", "look for the session that holds it: pg_stat_activity"),
    "57P01": ("was told to end this session", "wait until it is back"),
    "57P02": ("has crashed", "wait until it is back"),
    "57P03": ("is starting up or shutting down", "wait until it is back"),
    "57014": ("has cancelled the statement", "look at statement_timeout"),
    "25P03": ("ended a session that was idle in a transaction", "was this process paused?"),
    "25006": ("takes no writes: it is a standby", "wait for the fail-over, or name the primary in database_url"),
    "28P01": ("refuses the password", "look at database_url"),
    "28000": ("refuses this user", "look at database_url and at pg_hba.conf"),
    "3D000": ("has no such database", "create it: createdb, or CREATE DATABASE"),
    "42501": ("does not allow this", "give this user the right to create and write tables in its schema"),
}
_WHILE_CONNECTING = {
    "too many clients": "53300",
    "remaining connection slots": "53300",
    "too many connections": "53300",
    "starting up": "57P03",
    "shutting down": "57P03",
    "in recovery mode": "57P03",
    "password": "28P01",
    "no pg_hba.conf entry": "28000",
    "not permitted to log in": "28000",
}
"""What the server says then comes without its code: where its words are foreign, it is taken to be away."""
_MISSING = re.compile(r'(database|role) ".*" does not exist')
_MAY_PASS_CLASSES = {"08", "53", "57", "58"}
_MAY_PASS = {*_AGAIN, *_CUT_OFF, "55P03"}


class PassingError(StoreError):
    """The transaction was rolled back by the server, or never reached it: nothing of it was applied."""

    def __init__(self, message: str, *, hint: str = "", is_cut_off: bool) -> None:
        super().__init__(message, hint=hint, may_pass=True)
        self.is_cut_off = is_cut_off
        """The connection is gone: a new one may do."""


class OutcomeUnknownError(StoreError):
    """The connection was lost while a commit was under way, and the server cannot be asked yet what came of it."""

    def __init__(self, message: str, *, hint: str, transaction: str) -> None:
        super().__init__(message, hint=hint, may_pass=True)
        self.transaction = transaction


def refused(error: psycopg.Error, where: str) -> StoreError:
    """Why there is no connection."""
    text = str(error)
    fatal = text[text.find("FATAL:") :] if "FATAL:" in text else ""
    states = (state for words, state in _WHILE_CONNECTING.items() if words in fatal)
    state = error.sqlstate or next(states, None)
    if state is None and (missing := _MISSING.search(fatal)):
        state = "3D000" if missing[1] == "database" else "28000"
    if state is None or state in _CUT_OFF:
        return explained(error, where, is_closed=True)
    story, hint = _STORIES[state]
    return StoreError(f"the database {where} {story}", hint=hint, may_pass=state[:2] in _MAY_PASS_CLASSES)


def explained(error: psycopg.Error, where: str, *, is_closed: bool) -> StoreError:
    """`where`: the database, without its password. `is_closed`: the connection is of no use any more."""
    state = error.sqlstate or ""
    # Without a code it is not the server that speaks: the client library has lost the thread of this connection.
    is_cut_off = is_closed or state in _CUT_OFF or (not state and isinstance(error, psycopg.OperationalError))
    story, hint = _STORIES.get(state, (f"cannot be used: {_first_line(error)}", "see `tradewind db check`"))
    if is_cut_off and state not in _STORIES:
        story, hint = f"cannot be reached: {_first_line(error)}", "wait until it is back; look at database_url"
    text = f"the database {where} {story}"
    if is_cut_off or state in _AGAIN:
        return PassingError(text, hint=hint, is_cut_off=is_cut_off)
    may_pass = state in _MAY_PASS or state[:2] in _MAY_PASS_CLASSES
    return StoreError(text, hint=hint, may_pass=may_pass)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
