"""`cache=True`: a try is skipped when nothing that it depends on has changed since a success."""

from __future__ import annotations

from tradewind.authoring.aid import Aid


class Cache(Aid):
    pass
