"""The metadata database: the only writer of states. `base.Store` is the contract, `open_store` the way in."""

from tradewind.store.open import open_store

__all__ = ["open_store"]
