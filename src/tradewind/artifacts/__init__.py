"""Values that tasks hand on: encoded by type, small ones inline, large ones as content-addressed files.

Runner processes alone encode and decode; everyone else carries the `Value` that describes the bytes."""

from tradewind.artifacts.encoding import decode, encode
from tradewind.artifacts.store import ArtifactStore

__all__ = ["ArtifactStore", "decode", "encode"]
