"""What a task hands on: its return value and its pushes, encoded here and checked against who maps over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from tradewind import artifacts
from tradewind.artifacts import ArtifactStore
from tradewind.authoring.exceptions import (
    AirflowException,
    SerializationError,
    UnmappableXComLengthPushed,
    UnmappableXComTypePushed,
)
from tradewind.authoring.ports import Supervisor
from tradewind.authoring.reading import Lazy
from tradewind.authoring.secrets import redact
from tradewind.model.errors import TradewindError
from tradewind.model.messages import ClearXComs, RunTry
from tradewind.model.values import Value
from tradewind.runner.inputs import Inputs


class Values:
    def __init__(self, message: RunTry, supervisor: Supervisor) -> None:
        self._message = message
        self._supervisor = supervisor
        self._store = ArtifactStore(message.artifact_url)
        self.inputs = Inputs(message, supervisor, self._store)

    def push(self, key: str, value: Any) -> None:
        """Encode and hand on at once. Raises SerializationError, naming the type that cannot be stored."""
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # called by authors
            raise TypeError(f"xcom_push needs a text as its key, not {type(key).__name__}")
        self.inputs.push(key, self.encode(value, f"the value pushed under {key!r}"))

    def keep(self, key: str, value: Any) -> Value:
        """As push, but as a file of the artifact store however small it is."""
        kept = self.encode(value, f"what is kept under {key!r}", inline_limit_bytes=-1)
        self.inputs.push(key, kept)
        return kept

    def clear(self) -> None:
        self._supervisor.tell(ClearXComs(self._message.try_id))

    def encode(self, value: Any, what: str, *, inline_limit_bytes: int | None = None) -> Value:
        try:
            return artifacts.encode(
                plain(value),
                self._store,
                inline_limit_bytes=self._message.inline_value_bytes
                if inline_limit_bytes is None
                else inline_limit_bytes,
                mask=redact,
            )
        except RecursionError:
            raise SerializationError(f"{what} contains itself, so it cannot be stored") from None
        except TradewindError as error:
            raise SerializationError(f"{what} cannot be stored: {error.message}", hint=error.hint) from error

    def encode_entries(self, result: Any) -> tuple[tuple[str, Value], ...]:
        """One value per key of a `multiple_outputs` result. Raises as Airflow does where it is no dict of text keys."""
        if not isinstance(result, Mapping):
            raise AirflowException(
                f"Returned output was type {type(result).__qualname__} expected dictionary for multiple_outputs",
                hint="return a dict with text keys, or take multiple_outputs=True away",
            )
        entries = cast("Mapping[Any, Any]", result)
        for key in entries:
            if not isinstance(key, str):
                raise AirflowException(
                    "Returned dictionary keys must be strings when using multiple_outputs, found "
                    f"{key} ({type(key).__qualname__}) instead",
                    hint="return a dict with text keys, or take multiple_outputs=True away",
                )
        return tuple((key, self.encode(value, f"the entry {key!r} of the result")) for key, value in entries.items())


def plain(value: Any) -> Any:
    """Lazy sequences (what a reduce was given) become lists, at the top and one level down."""
    if isinstance(value, Lazy):
        return list(value)
    if type(value) in (list, tuple):
        items = cast("Sequence[Any]", value)
        return type(value)(map(_listed, items)) if any(isinstance(item, Lazy) for item in items) else items
    if type(value) is dict:
        entries = cast("dict[Any, Any]", value)
        is_lazy = any(isinstance(item, Lazy) for item in entries.values())
        return {key: _listed(item) for key, item in entries.items()} if is_lazy else entries
    return value


def _listed(item: Any) -> Any:
    return list(item) if isinstance(item, Lazy) else item


def check_mappable(value: Any, max_length: int) -> None:
    """A task maps over this value: it has to be a list or a dict, and not too long."""
    if not isinstance(value, (list, tuple, dict, Lazy)):
        raise UnmappableXComTypePushed(value)
    if len(cast("Sequence[Any]", value)) > max_length:
        raise UnmappableXComLengthPushed(cast("Sequence[Any]", value), max_length)
