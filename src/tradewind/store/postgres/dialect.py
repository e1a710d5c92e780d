"""What PostgreSQL says otherwise: our statements and our schema are written as SQLite knows them, and translated once.

Statements: `?` and `?1` are `$1`; `IS ?` is `IS NOT DISTINCT FROM`; `json_each(?)` over a list; `/* lock */` at the end
of a select keeps the row as it is until the commit (SQLite's transactions that write have the whole file for
themselves).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import count

_VALUE = re.compile(r"\?(\d*)")
_IS_NOT = re.compile(r"\bIS NOT (?=\?)")
_IS = re.compile(r"\bIS (?=\?)")
_EACH = re.compile(r"json_each\((\?\d*)\)(?: (?!(?:WHERE|ON|CROSS|JOIN|ORDER|LEFT)\b)(\w+))?")
_LOCK = "/* lock */"
_LOCK_FREE = "/* lock those nobody has locked */"
SCHEMA_LOCK = 0x74770002
"""Advisory lock of whoever makes or changes tables."""


@cache
def translated(statement: str) -> str:
    text = _EACH.sub(_list_of, statement)
    text = _IS.sub("IS NOT DISTINCT FROM ", _IS_NOT.sub("IS DISTINCT FROM ", text))
    numbers = count(1)
    text = _VALUE.sub(lambda found: f"${found[1] or next(numbers)}", text)
    return text.replace(_LOCK, "FOR NO KEY UPDATE").replace(_LOCK_FREE, "FOR NO KEY UPDATE SKIP LOCKED")


def _list_of(found: re.Match[str]) -> str:
    return f"jsonb_array_elements_text(CAST({found[1]} AS jsonb)) WITH ORDINALITY AS {found[2] or 'each'} (value, key)"


# ------------------------------------------------------------------------------------------ schema

_KINDS = (
    (re.compile(r"INTEGER PRIMARY KEY( AUTOINCREMENT)?"), "BIGSERIAL PRIMARY KEY"),
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    (re.compile(r"\bREAL\b"), "DOUBLE PRECISION"),
    (re.compile(r"\) WITHOUT ROWID"), ")"),
)
_DEFINES = re.compile(r"\s*(CREATE|ALTER)\s+TABLE\b")


def definition(statement: str) -> str:
    """A CREATE TABLE or ALTER TABLE in PostgreSQL's words; other statements as they are. Texts are compared by their
    bytes, as SQLite does it, whatever the database's language."""
    if not _DEFINES.match(statement):
        return statement
    for kind, ours in _KINDS:
        statement = kind.sub(ours, statement)
    return statement
