"""Masks secrets in everything that leaves a task: logs, rendered templates, previews, error texts.

Every secret handed to `mask_secret` is replaced by `***`, also in its URL-encoded, JSON-escaped and Base64 forms.
Callers mask before they cut: half a secret is not recognised any more.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import quote, quote_plus

T = TypeVar("T")

MASK = "***"
MIN_LENGTH_TO_MASK = 5
"""Shorter texts are not masked, as in Airflow: they would blot out half of every log."""
MIN_LENGTH_OF_DERIVED = 8
"""A line of a key, or a Base64 core, shorter than this occurs by chance."""
MAX_DEPTH = 8

SENSITIVE_NAMES = frozenset(
    {
        "access_token",
        "api_key",
        "apikey",
        "authorization",
        "credential",
        "keyfile_dict",
        "passphrase",
        "passwd",
        "password",
        "private_key",
        "secret",
        "service_account",
        "token",
    }
)


class SecretsMasker:
    """The secrets of one process and the pattern that finds them; safe to use from several threads."""

    def __init__(self, sensitive_names: Iterable[str] = SENSITIVE_NAMES) -> None:
        self.sensitive_names = frozenset(sensitive_names)
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._is_stale = False
        self._lock = threading.Lock()
        self.on_secret: Callable[[str], None] | None = None
        """Called with each new secret: who writes this process's raw output has to know it too."""

    def add_mask(self, secret: Any, name: str | None = None) -> None:
        """Mask `secret` from now on. In a mapping only values under sensitive names count, as they do with `name`."""
        if isinstance(secret, Mapping):
            for key, value in cast(Mapping[Any, Any], secret).items():
                self.add_mask(value, str(key))
        elif isinstance(secret, str):
            if name is None or self.is_sensitive(name):
                self._add_text(secret)
        elif isinstance(secret, list | tuple | set | frozenset):
            for value in cast(Iterable[Any], secret):
                self.add_mask(value, name)

    def redact(self, item: T, name: str | None = None, max_depth: int = MAX_DEPTH) -> T:
        """`item` with all secrets masked: text, and text inside dicts, lists, tuples and sets (copied only if needed).
        Everything under a sensitive name is masked whole."""
        if name is not None and item is not None and self.is_sensitive(name):
            return cast(T, _blot_out(item))
        return cast(T, self._redact_inside(item, max_depth))

    def is_sensitive(self, name: str) -> bool:
        """Whether a field of this name holds a secret: does it contain one of the sensitive names?"""
        lowered = name.strip().lower()
        return any(part in lowered for part in self.sensitive_names)

    def reset(self) -> None:
        """Forget all secrets (for tests)."""
        with self._lock:
            self._forms.clear()
            self._pattern, self._is_stale = None, False

    def _add_text(self, secret: str) -> None:
        if len(secret) < MIN_LENGTH_TO_MASK:
            return
        with self._lock:
            if secret not in self._forms:
                self._forms.update(_forms_of(secret))
                self._is_stale = True
        if self.on_secret is not None:
            self.on_secret(secret)

    def _redact_text(self, text: str) -> str:
        if self._is_stale:
            self._compile()
        return text if self._pattern is None else self._pattern.sub(MASK, text)

    def _compile(self) -> None:
        with self._lock:
            # Longest first: an alternative that is a prefix of another would leave the other's tail readable.
            forms = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, forms))) if forms else None
            self._is_stale = False

    def _redact_inside(self, item: Any, depth: int) -> Any:
        if isinstance(item, str):
            return self._redact_text(item) if type(item) is str else self._redact_text(str(item))
        if depth <= 0:
            return item
        if isinstance(item, dict):
            pairs = cast(dict[Any, Any], item).items()
            return {k: self.redact(v, k if isinstance(k, str) else None, depth - 1) for k, v in pairs}
        if isinstance(item, tuple):
            parts = [self._redact_inside(v, depth - 1) for v in cast(tuple[Any, ...], item)]
            make = getattr(cast(Any, item), "_make", tuple)  # a named tuple stays one
            return make(parts)
        if isinstance(item, list):
            return [self._redact_inside(v, depth - 1) for v in cast(list[Any], item)]
        if isinstance(item, set | frozenset):
            return {self._redact_inside(v, depth - 1) for v in cast(set[Any], item)}
        return item


def _blot_out(item: Any) -> Any:
    if isinstance(item, dict):
        return {k: _blot_out(v) for k, v in cast(dict[Any, Any], item).items()}
    if isinstance(item, list | tuple | set | frozenset):
        return [_blot_out(v) for v in cast(Iterable[Any], item)]
    return MASK


def _forms_of(secret: str) -> set[str]:
    """The secret, its encoded forms, and the lines of a secret of several lines (a key file is logged by lines)."""
    forms = {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1]}
    forms |= _base64_cores(secret)
    lines = [line.strip() for line in secret.splitlines()]
    if len(lines) > 1:
        forms |= {line for line in lines if len(line) >= MIN_LENGTH_OF_DERIVED and not line.startswith("-----")}
    return {form for form in forms if len(form) >= MIN_LENGTH_TO_MASK}


def _base64_cores(secret: str) -> set[str]:
    """What stays of the secret in a Base64 text wherever it begins in it, e.g. behind `user:` in an HTTP header.

    Base64 turns 3 bytes into 4 characters; what precedes the secret shifts it by 0, 1 or 2 bytes, and the characters
    that mix the secret with its neighbours are left out.
    """
    data = secret.encode("utf-8", "surrogatepass")
    cores: set[str] = set()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + data).decode()
        end = (shift + len(data)) * 8 // 6
        core = encoded[-(-shift * 8 // 6) : end]
        if len(core) >= MIN_LENGTH_OF_DERIVED:
            cores |= {core, core.replace("+", "-").replace("/", "_")}
    return cores


_masker = SecretsMasker()


def masker() -> SecretsMasker:
    """This process's masker."""
    return _masker


def mask_secret(secret: Any, name: str | None = None) -> None:
    """Never show `secret` in logs and pages. With `name` only where that name is a sensitive one."""
    _masker.add_mask(secret, name)


def redact(value: T, name: str | None = None, max_depth: int = MAX_DEPTH) -> T:
    """`value` with all known secrets masked."""
    return _masker.redact(value, name, max_depth)


def should_hide_value_for_key(name: Any) -> bool:
    """Whether a field of this name holds a secret."""
    return isinstance(name, str) and _masker.is_sensitive(name)
