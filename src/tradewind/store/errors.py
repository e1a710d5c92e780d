"""What can go wrong with the store itself."""

from tradewind.model.errors import HomeError, TradewindError


class StaleStateError(TradewindError):
    """A change expected another state than the row has: somebody else moved it. Nothing of the batch was applied."""


class DuplicateRunError(TradewindError):
    """The DAG already has a run of this id or logical date."""


class StoreError(HomeError):
    """The database cannot be read or written."""
