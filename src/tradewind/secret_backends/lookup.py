"""Asks the back ends in their order, keeps what they said for a moment, and does not ask one that is away again and
again: who asks is a scheduler, which has other things to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from msgspec import Struct

from tradewind.model.errors import ConfigurationError
from tradewind.secret_backends.base import Backend, Kind, SecretBackendError
from tradewind.settings import SecretsSetting

FAILURE_KEPT_SECONDS = 15.0
MOST_KEPT = 10_000


class _Kept(Struct, frozen=True):
    until: float
    text: str | None = None
    error: SecretBackendError | None = None


class Elsewhere:
    """Several threads may ask: at worst two of them ask for the same at the same moment."""

    def __init__(
        self, backends: Sequence[tuple[Backend, float]], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._backends = backends
        """With how long an answer is kept, in seconds."""
        self._monotonic = monotonic
        self._kept: dict[tuple[int, Kind, str], _Kept] = {}
        self._away: dict[int, _Kept] = {}

    def variable(self, key: str) -> str | None:
        """Raises SecretBackendError."""
        return self._find("variables", key)

    def connection(self, conn_id: str) -> str | None:
        """As a URI or JSON. Raises SecretBackendError."""
        return self._find("connections", conn_id)

    def is_at_hand(self, kind: Kind, key: str) -> bool:
        """What `variable` or `connection` would say is known: nobody has to be asked."""
        now = self._monotonic()
        for place in range(len(self._backends)):
            kept = self._kept.get((place, kind, key))
            if kept is None or kept.until <= now:
                away = self._away.get(place)
                return away is not None and away.until > now
            if kept.text is not None:
                return True
        return True

    def _find(self, kind: Kind, key: str) -> str | None:
        """The first that has it. One that cannot be asked ends the search: what comes after it may be another secret of
        the same name."""
        for place, (backend, seconds) in enumerate(self._backends):
            kept = self._kept.get((place, kind, key))
            if kept is None or kept.until <= self._monotonic():
                kept = self._asked(place, backend, kind, key, seconds)
            if kept.error is not None:
                raise kept.error
            if kept.text is not None:
                return kept.text
        return None

    def _asked(self, place: int, backend: Backend, kind: Kind, key: str, seconds: float) -> _Kept:
        away = self._away.get(place)
        if away is not None and away.until > self._monotonic():
            return away
        try:
            text = backend.get(kind, key)
        except SecretBackendError as error:
            found = self._away[place] = _Kept(self._monotonic() + FAILURE_KEPT_SECONDS, error=error)
            return found
        found = _Kept(self._monotonic() + seconds, text)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[place, kind, key] = found
        return found


def elsewhere(chosen: Sequence[SecretsSetting]) -> Elsewhere | None:
    """None where none is set: then the database alone is asked."""
    return Elsewhere([(_made(one), one.cache_seconds) for one in chosen]) if chosen else None


def _made(chosen: SecretsSetting) -> Backend:
    """Each is imported only where it is set."""
    match chosen.kind:
        case "file":
            from tradewind.secret_backends.file import FileBackend

            return FileBackend(chosen)
        case "vault":
            from tradewind.secret_backends.vault import VaultBackend

            return VaultBackend(chosen)
        case "gcp":
            from tradewind.secret_backends.gcp import GcpBackend

            return GcpBackend(chosen)
        case "aws_secrets" | "aws_parameters":
            from tradewind.secret_backends import aws

            try:
                return aws.SecretsManager(chosen) if chosen.kind == "aws_secrets" else aws.ParameterStore(chosen)
            except ImportError as error:
                raise ConfigurationError(
                    f"the secrets back end {chosen.kind} needs the package boto3",
                    hint="install the extra `aws`: pip install 'tradewind[aws]'",
                ) from error
