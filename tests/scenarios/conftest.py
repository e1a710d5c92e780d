"""Scenarios use the tools of the tests they are closest to."""

from tests.end_to_end.conftest import place
from tests.scheduler.conftest import house

__all__ = ["house", "place"]
