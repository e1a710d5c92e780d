"""Values that tasks hand on: what they are, what they look like, where they came from and went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct


class ValueInfo(Struct, frozen=True, kw_only=True):
    dag_id: str
    run_id: str
    task_id: str
    map_path: tuple[int, ...]
    key: str
    type: str
    codec: str
    size_bytes: int
    hash: str
    shape: tuple[int, ...] | None
    schema: dict[str, str] | None
    length: int | None
    preview: str
    kind: str
    """How it is shown: `json`, `text`, `table`, `array`, `image`, `plot`, `model`, `file`, `opaque`."""
    written_at: datetime | None


class Values(Struct, frozen=True):
    values: list[ValueInfo]
    total: int
    next_cursor: str | None


class ColumnStats(Struct, frozen=True, kw_only=True):
    name: str
    dtype: str
    count: int
    nulls: int
    unique: int | None
    minimum: Any = None
    maximum: Any = None
    mean: float | None = None
    std: float | None = None
    histogram: list[int] = []
    """Counts in equal bins from minimum to maximum."""
    top: list[tuple[str, int]] = []


class TablePreview(Struct, frozen=True):
    columns: list[ColumnStats]
    rows: list[list[Any]]
    total_rows: int
    is_sample: bool
    """Statistics are of the first rows only."""


class ArrayPreview(Struct, frozen=True):
    shape: tuple[int, ...]
    dtype: str
    values: list[Any]
    """A corner of it, nested lists."""
    stats: ColumnStats | None
    overview: list[Any] = []
    """Rows of few elements from all over it, to be drawn; of a colour image each is [red, green, blue]."""


class ValuePreview(Struct, frozen=True, kw_only=True):
    info: ValueInfo
    json: Any = None
    text: str | None = None
    table: TablePreview | None = None
    array: ArrayPreview | None = None
    image_url: str | None = None
    """Same origin."""
    model: dict[str, Any] | None = None
    """What is known of a model without loading it: class, library, parameters."""
    is_cut: bool = False
    why_not: str = ""
    """Why there is no more than the producer's own preview."""


class ValueUse(Struct, frozen=True):
    dag_id: str
    run_id: str
    task_id: str
    map_path: tuple[int, ...]
    at: datetime | None = None


class ValueLineage(Struct, frozen=True):
    hash: str
    written_by: list[ValueUse]
    read_by: list[ValueUse]


# ------------------------------------------------------------------------------------------ assets


class AssetNode(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    """`asset`, `alias`, `dag`, `task`."""
    label: str
    uri: str = ""
    group: str = ""
    last_event_at: datetime | None = None
    state: str = ""
    """Of a DAG: of its last run."""


class AssetEdge(Struct, frozen=True):
    source: str
    target: str


class AssetGraph(Struct, frozen=True):
    nodes: list[AssetNode]
    edges: list[AssetEdge]


# ------------------------------------------------------------------------------------------ comparing


class Side(Struct, frozen=True):
    dag_id: str
    run_id: str
    state: str
    started_at: datetime | None
    ended_at: datetime | None
    version_number: int


class Difference(Struct, frozen=True):
    """One thing of two runs; None where a side lacks it."""

    name: str
    left: Any
    right: Any
    is_same: bool
    change: float | None = None
    """(right - left) / |left|, of numbers."""


class ValueDifference(Struct, frozen=True):
    task_id: str
    map_path: tuple[int, ...]
    key: str
    left: ValueInfo | None
    right: ValueInfo | None
    is_same: bool


class Comparison(Struct, frozen=True, kw_only=True):
    left: Side
    right: Side
    params: list[Difference]
    conf: list[Difference]
    metrics: list[Difference]
    durations: list[Difference]
    states: list[Difference]
    values: list[ValueDifference]
    environment: list[Difference]
    code: str
    """Unified diff; "" where the code is the same."""
