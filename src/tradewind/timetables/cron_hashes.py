"""`H` in a cron: a value that is fixed for one DAG and spread out over all of them, so that not everything starts at
midnight. `H`, `H(0-29)`, `H/15` and `H(30-59)/10`, as in croniter and Jenkins."""

from __future__ import annotations

import re
import zlib

from tradewind.timetables.cron_fields import WEEKDAY, FieldReader

HASHED = re.compile(r"h(?:\((\d+)-(\d+)\))?(?:/(\d+))?")


def resolve_hashes(column: str, reader: FieldReader, hash_id: str) -> str:
    """The column with every hashed part replaced by the value that `hash_id` gives it."""
    return ",".join(_resolve(part, reader, hash_id) if HASHED.fullmatch(part) else part for part in column.split(","))


def _resolve(part: str, reader: FieldReader, hash_id: str) -> str:
    if not hash_id:
        reader.refuse(part, "hashed, and there is nothing to hash here", "write the number out")
    found = HASHED.fullmatch(part)
    assert found
    low, high = reader.field.low, 6 if reader.field is WEEKDAY else reader.field.high
    if found[1]:
        low, high = int(found[1]), int(found[2])
    step = int(found[3]) if found[3] else None
    width = high - low + 1 if step is None else step
    if width < 1 or high < low:
        reader.refuse(part, "an empty range")
    chosen = low + (zlib.crc32(hash_id.encode()) >> reader.field.position) % width
    return str(chosen) if step is None else f"{chosen}-{high}/{step}"
