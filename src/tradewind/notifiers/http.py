"""One JSON message to a web service: with a time limit, and tried again where that may help."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.secrets import redact

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same message may be taken a moment later."""
TEXT_CHARACTERS = 300


class Patience(Struct, frozen=True):
    """How often a message is sent at most, and the pauses between: twice as long each time."""

    tries: int = 3
    first_pause_seconds: float = 1.0
    longest_pause_seconds: float = 20.0
    timeout_seconds: float = 10.0
    """For the answer to each."""

    def pause_seconds(self, number: int, wanted: str | None = None) -> float:
        """After try `number`. `wanted`: the answer's Retry-After header."""
        asked = float(wanted) if wanted is not None and wanted.isdigit() else 0.0
        return min(max(self.first_pause_seconds * 2.0 ** (number - 1), asked), self.longest_pause_seconds)


def send_json(
    url: str,
    payload: object,
    *,
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    patience: Patience = Patience(),
) -> str:
    """The text of the answer. Raises AirflowException where the service cannot be reached or refuses the message."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise AirflowException(f"{_shown(url)} is not an address of a web service", hint="it begins with https://")
    body = json.dumps(payload, default=str).encode()
    sent = {"Content-Type": "application/json", "User-Agent": "tradewind", **(headers or {})}
    for number in range(1, patience.tries + 1):
        request = urllib.request.Request(url, data=body, headers=sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=patience.timeout_seconds) as answer:
                return answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            with error:
                text = error.read(TEXT_CHARACTERS).decode(errors="replace")
            if error.code not in PASSING or number == patience.tries:
                raise _refused(url, f"answered {error.code} {error.reason}: {text}", number) from error
            wanted = error.headers.get("Retry-After")
        except OSError as error:  # no connection, no answer in time
            if number == patience.tries:
                raise _refused(url, f"could not be reached: {getattr(error, 'reason', error)}", number) from error
            wanted = None
        time.sleep(patience.pause_seconds(number, wanted))
    raise AssertionError("the last try returns or raises")


def _refused(url: str, what: str, tries: int) -> AirflowException:
    after = f" (after {tries} tries)" if tries > 1 else ""
    return AirflowException(redact(f"{_shown(url)} {what.strip()}{after}"))


def _shown(url: str) -> str:
    """Without path and query: with many services those are the secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}" if parts.hostname else "the given URL"


def timeout_of(timeout: Any) -> Patience:
    """Patience with a time limit that an author gave, or the usual one."""
    return Patience() if timeout is None else Patience(timeout_seconds=float(timeout))
