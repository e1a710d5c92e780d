"""A value that a task hands on (an XCom or artifact): what it is, where its bytes are, what it looks like.

The bytes are either inline or a content-addressed file of the artifact store; a `tree` has its large leaves as parts.
Only runner processes decode them (`tradewind.artifacts`); everyone else carries this description.
"""

from msgspec import Struct

RETURN_KEY = "return_value"


class Value(Struct, frozen=True, omit_defaults=True):
    codec: str
    """Name of the codec that wrote the bytes: `json`, `tree`, `arrow`, `npy`, `safetensors`, `skops`, `joblib`,
    `cloudpickle`, `bytes`, `text`, `file` …"""
    type: str
    """Qualified name of the Python type that was handed over, e.g. `pandas.core.frame.DataFrame`."""
    size_bytes: int
    """Size of the encoded bytes, parts included."""
    hash: str
    """256-bit hash of the encoded bytes (SHA-256, of large ones as a tree), parts included, hex. Equal values of one
    codec have equal hashes."""
    inline: bytes | None = None
    """The encoded bytes, where they are few (see settings.inline_value_bytes)."""
    artifact: str | None = None
    """Key in the artifact store, e.g. `ab/abcdef….arrow`, where they are not inline."""
    parts: tuple["Value", ...] = ()
    """Leaves of a `tree` that have a codec of their own, in the order its skeleton names them."""
    length: int | None = None
    """len() of a list, tuple or dict: what `expand` over this value becomes. None where it cannot be mapped over."""
    keys: tuple[str, ...] | None = None
    """Keys of a dict with only text keys, for `multiple_outputs` and previews."""
    shape: tuple[int, ...] | None = None
    """Shape of an array or a frame."""
    schema: dict[str, str] | None = None
    """Column → dtype of a frame; {"": dtype} of an array."""
    preview: str | None = None
    """A short text made by the producer, secrets masked; at most 2,000 characters."""


class XCom(Struct, frozen=True):
    """One value under one key of one task instance, and the try that wrote it."""

    task_id: str
    map_path: tuple[int, ...]
    key: str
    value: Value
    try_id: str
