"""The secrets that the database holds, so that they are masked where a value shows them: a task may have handed one on.

A masker of their own, not the process's: else every text that is told would be searched for hundreds of passwords."""

from __future__ import annotations

import json
import threading
from typing import Any, cast
from weakref import WeakKeyDictionary

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from tradewind.api.call import Call
from tradewind.api.ours.bodies.values import TablePreview, ValuePreview
from tradewind.api.ours.masking import DEEPEST
from tradewind.api.ours.plain import Mask
from tradewind.api.server import Server
from tradewind.authoring.secrets import MASK, SecretsMasker, should_hide_value_for_key
from tradewind.store.base import Store
from tradewind.store.schema.core import connection, variable


class _Known:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._masker = SecretsMasker()
        self._encrypted: object = None

    def masker(self, call: Call[Any, Any]) -> SecretsMasker:
        """Decrypted again only where something has changed: what is encrypted never looks the same twice."""
        encrypted = [call.browser.read(select(column)) for column in (variable.c.value, connection.c.secret)]
        with self._lock:
            if encrypted != self._encrypted:
                self._masker, self._encrypted = _masker_of(call.store), encrypted
            return self._masker


_of_servers: WeakKeyDictionary[Server, _Known] = WeakKeyDictionary()
_lock = threading.Lock()


def without_secrets(call: Call[Any, Any], value: Any, preview: str | None = None) -> Any:
    """Plain data or text, without any secret. `preview`: what its producer said of it, who knew secrets that are kept
    elsewhere: where that has something masked and this has not, nobody can say what it is, and the preview is shown."""
    found = _masker(call).redact(value, max_depth=DEEPEST)
    if preview is not None and MASK in preview and MASK not in json.dumps(found, default=str, ensure_ascii=False):
        return preview
    return found


def mask_of(call: Call[Any, Any]) -> Mask:
    """Of texts, before they are cut."""
    return _masker(call).redact


def preview_without_secrets(call: Call[Any, Any], shown: ValuePreview) -> ValuePreview:
    """The same of all that is shown of a value."""
    masker, said = _masker(call), shown.info.preview
    table = shown.table
    if table is not None:
        table = msgspec.convert(masker.redact(msgspec.to_builtins(table), max_depth=DEEPEST), TablePreview)
    text = None if shown.text is None else without_secrets(call, shown.text, said)
    found = None if shown.json is None else without_secrets(call, shown.json, said)
    info = replace(shown.info, preview=masker.redact(said))
    return replace(shown, info=info, json=found, text=text, table=table)


def _masker(call: Call[Any, Any]) -> SecretsMasker:
    with _lock:
        known = _of_servers.setdefault(call.server, _Known())
    return known.masker(call)


def _masker_of(store: Store) -> SecretsMasker:
    found = SecretsMasker()
    for one in store.variables():
        if should_hide_value_for_key(one.key):
            found.add_mask(one.value)
            found.add_mask(_plain(one.value))
    for one in store.connections():
        found.add_mask(one.password)
        found.add_mask(_plain(one.extra))
    return found


def _plain(text: str | None) -> Any:
    """Its JSON, where it is some: of a mapping what sounds secret is masked."""
    try:
        found = json.loads(text or "null")
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None
