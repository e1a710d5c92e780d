"""Shell completion of backfills that go on."""

from __future__ import annotations

from tradewind.cli.complete import from_store

complete_backfill = from_store(lambda store, _: [str(one.backfill_id) for one in store.backfills(only_active=True)])
