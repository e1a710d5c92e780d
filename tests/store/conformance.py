"""What every store must do. A back end's test file subclasses `StoreConformance` and says how one is opened."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.store.conformance_across import AskedByOthers, ChosenEvents
from tests.store.conformance_archive import Archives
from tests.store.conformance_assets import AssetEvents, AssetReferences
from tests.store.conformance_backfills import Backfilling, RunDeadlines
from tests.store.conformance_cached import CachedConformance
from tests.store.conformance_counts import Counting, FindingRuns, Wishes
from tests.store.conformance_dags import Dags
from tests.store.conformance_deferrals import Approvals, Waiting
from tests.store.conformance_journal import JournalConformance
from tests.store.conformance_keeping import Answers, Checking, Deleting, Notes
from tests.store.conformance_ownership import Fencing, Ownership, Requests
from tests.store.conformance_parsing import Parsing
from tests.store.conformance_people import AuditChain, Sealing, SignedIn, Users
from tests.store.conformance_races import Races
from tests.store.conformance_retention import Retention
from tests.store.conformance_runs import Runs
from tests.store.conformance_schedules import Admission, Clocks, ManyByTheClock
from tests.store.conformance_services import Audit, Calls, Picking, Processes
from tests.store.conformance_settings import SettingsOfUsers
from tests.store.conformance_spending import SpendingConformance
from tests.store.conformance_states import Rebuilding, States
from tests.store.conformance_values import Lineage, Values
from tests.store.conformance_views import Following, InstancesOfRuns, LinksOfAssets, ManyRuns
from tradewind.store.base import Store

PARTS = (
    AskedByOthers,
    ChosenEvents,
    Clocks,
    ManyByTheClock,
    Admission,
    Waiting,
    Approvals,
    AssetReferences,
    AssetEvents,
    Backfilling,
    RunDeadlines,
    Retention,
    Races,
    Parsing,
    Counting,
    FindingRuns,
    Wishes,
    Runs,
    States,
    Rebuilding,
    Values,
    Lineage,
    Ownership,
    Fencing,
    Requests,
    Deleting,
    Notes,
    JournalConformance,
    CachedConformance,
    SpendingConformance,
    Answers,
    Checking,
    Dags,
    SettingsOfUsers,
    Processes,
    Calls,
    Picking,
    Audit,
    Archives,
    Users,
    SignedIn,
    Sealing,
    AuditChain,
    ManyRuns,
    InstancesOfRuns,
    Following,
    LinksOfAssets,
)


class StoreConformance(*PARTS):
    def open(self, home: Path) -> Store:
        """A store on this home; asked for twice, a second connection to the same database."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, home):
        opened = self.open(home)
        yield opened
        opened.close()

    @pytest.fixture
    def other(self, home, store):
        """As another process has it open."""
        opened = self.open(home)
        yield opened
        opened.close()


def _same_names() -> list[str]:
    """Two tests of one name in two parts would be one test."""
    names = Counter(name for part in PARTS for name in vars(part) if name.startswith("test_"))
    return [name for name, count in names.items() if count > 1]


assert not _same_names(), _same_names()
