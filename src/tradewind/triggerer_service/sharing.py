"""What a triggerer hands over when another has joined: what it holds beyond its share. Pure.

Once for each that joins, so that one that takes nothing (other queues, no room) is not offered the same again and
again; what nobody takes is taken back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

LEAST = 10
"""A few more or less are not worth starting them anew."""


class Sharing:
    def __init__(self, peers: Mapping[str, int]) -> None:
        """`peers`: the others that are there already → how many waits each holds."""
        self._known = frozenset(peers)

    def excess(self, held: int, peers: Mapping[str, int]) -> int:
        """How many of the waits that are held here are to be handed over."""
        has_new = not self._known.issuperset(peers)
        self._known = frozenset(peers)
        if not has_new:
            return 0
        share = math.ceil((held + sum(peers.values())) / (len(peers) + 1))
        return held - share if held - share >= LEAST else 0
