"""Runs whose conf holds a text, as JSON is written: Airflow's `conf_contains`.

A conf is kept as msgpack, in which names and texts can be looked for but numbers and punctuation cannot: the database
finds the runs that have the words, and their confs are written out and searched here."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import select

from tradewind.api.call import Call
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.among import holds
from tradewind.store.schema.core import run
from tradewind.store.sql.coding import encode_plain, plain_object

MOST_RUNS = 20_000
"""Runs that are looked into, the newest first."""
_WORD = re.compile(r"[^\W\d]\w*")
_EMPTY = encode_plain({})
_LITERALS = frozenset({"true", "false", "null", "NaN", "Infinity"})


def with_conf(call: Call[Any, Any], text: str | None, dag_id: str | None = None) -> list[Filter]:
    """`dag_id`: the one whose runs are asked for; None for all."""
    if not text:
        return []
    words = _WORD.findall(text)
    if words == [text] and text not in _LITERALS:
        return [Filter("conf", Op.HOLDS, text)]
    kept = [word for word in words if word not in _LITERALS and len(word) > 1]
    wanted = select(run.c.id, run.c.conf).where(run.c.conf != _EMPTY, *(holds(run.c.conf, word) for word in kept))
    if dag_id is not None:
        wanted = wanted.where(run.c.dag_id == dag_id)
    rows = call.browser.read(wanted.order_by(run.c.id.desc()).limit(MOST_RUNS))
    return [Filter("number", Op.IN, tuple(number for number, conf in rows if _has(plain_object(conf), text)))]


def _has(conf: dict[str, Any], text: str) -> bool:
    """With blanks after `:` and `,` or without, as people write it."""
    spaced = json.dumps(conf, ensure_ascii=False, default=str)
    return text in spaced or text in json.dumps(conf, ensure_ascii=False, default=str, separators=(",", ":"))
