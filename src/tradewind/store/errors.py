"""What can go wrong with the store itself."""

from tradewind.model.errors import HomeError, TradewindError


class StaleStateError(TradewindError):
    """A change expected another state than the row has: somebody else moved it. Nothing of the batch was applied."""


class DuplicateRunError(TradewindError):
    """The DAG already has a run of this id or logical date."""


class OwnedRunError(TradewindError):
    """Another process drives the run, or has claimed it since one last looked."""


class StoreError(HomeError):
    """The database cannot be read or written. `may_pass`: it is locked or the disk is full; trying again may help."""

    def __init__(self, message: str, *, hint: str = "", may_pass: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.may_pass = may_pass


class LostLeaseError(StaleStateError):
    """Another process has taken the run over: it was taken for dead. Nothing it says of the run counts any more."""


class SchedulerRunningError(StoreError):
    """A SQLite home takes one scheduler. `tradewind standalone` and `tradewind scheduler` both are one; several need
    PostgreSQL (`database_url`)."""


class ArchiveError(TradewindError):
    """An export cannot be imported: it is damaged, of another version, or the database has something in it already."""


class TakenError(TradewindError):
    """There is a user of this name already."""


class LastAdminError(TradewindError):
    """Nobody would be left who may do everything."""
