"""How a task instance reads another task's value: which instances of it belong to the reader.

A map path is one number per mapped task group around a task (outermost first) and one for its own mapping. Reader and
source share the groups that both stand in; what the source has below that is gathered into a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, overload

from tradewind.authoring.exceptions import XComNotFound
from tradewind.model.ids import MapPath
from tradewind.model.values import RETURN_KEY

if TYPE_CHECKING:
    from tradewind.authoring.task import AbstractTask


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final[Any] = _Missing()
"""No value was pushed (None can be pushed only by hand)."""


class XComReader(Protocol):
    """What `context["ti"]` offers for resolving arguments; the runner's task instance has it."""

    map_path: MapPath

    def xcom_at(self, task_id: str, key: str, map_path: MapPath) -> Any:
        """The value that this instance of the own run pushed, or MISSING."""
        ...

    def xcoms_below(self, task_id: str, key: str, prefix: MapPath) -> Sequence[Any]:
        """Values pushed by the instances below `prefix`, ordered by map path; those that pushed none are left out."""
        ...


class Lazy(Sequence[Any]):
    """A sequence whose items are made when asked for."""

    def __init__(self, length: int, item: Callable[[int], Any]) -> None:
        self._length = length
        self._item = item

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self._item(place) for place in range(*index.indices(self._length))]
        place = index + self._length if index < 0 else index
        if not 0 <= place < self._length:
            raise IndexError(index)
        return self._item(place)

    def __iter__(self) -> Iterator[Any]:
        return map(self._item, range(self._length))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and not isinstance(other, str) and list(self) == list(other)  # pyright: ignore[reportUnknownArgumentType]

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        return repr(list(self))


def read_source(context: Mapping[str, Any], source: AbstractTask, key: str) -> Any:
    """What `source` pushed under `key`, as the task instance of this context sees it: one value, or a sequence where
    the source is mapped deeper than the reader. A missing return value is None, as in Airflow.

    Raises XComNotFound where another key is missing."""
    reader: XComReader = context["ti"]
    scopes = source.map_scopes()
    shared = shared_depth(context["task"].map_scopes(), scopes)
    prefix = tuple(reader.map_path[:shared])
    if len(scopes) > shared:
        return reader.xcoms_below(source.task_id, key, prefix)
    value = reader.xcom_at(source.task_id, key, prefix)
    if value is not MISSING:
        return value
    if key == RETURN_KEY:
        return None
    raise XComNotFound(source.dag_id, source.task_id, key)


def shared_depth(reader: Sequence[str], source: Sequence[str]) -> int:
    """How many leading map scopes two tasks have in common."""
    depth = 0
    for mine, theirs in zip(reader, source, strict=False):
        if mine != theirs:
            break
        depth += 1
    return depth
