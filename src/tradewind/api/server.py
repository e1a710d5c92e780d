"""What all calls of one API process share: settings, stores (one a thread), the composed reads, who is who."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from tradewind.api.access.authenticate import Authenticator
from tradewind.api.access.oidc import OidcClient
from tradewind.api.access.rights import Identity
from tradewind.api.connection_testing import ConnectionTests
from tradewind.api.v2.versions import Versions
from tradewind.authoring.secrets import redact
from tradewind.model.service import AuditRecord
from tradewind.settings import Settings
from tradewind.store import open_store
from tradewind.store.base import Store
from tradewind.store.browse import Browser

THREADS = 8
"""Calls served at once; each thread keeps a connection to the database."""


class Server:
    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self.clock = clock
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="api")
        self.browser = Browser.open(settings.database_url)
        self.authenticator = Authenticator(settings, self.store)
        self.oidc = OidcClient(settings.oidc) if settings.oidc.issuer else None
        self.versions = Versions()
        self.connection_tests = ConnectionTests()
        self._local = threading.local()
        self._opened: list[Store] = []
        self.ending: list[Callable[[], None]] = []
        """What is to be called, in the event loop, once no more calls are taken: of those that hold some open."""
        self.closing: list[Callable[[], None]] = []
        """What is to be called before this closes: of parts that live as long as it does."""

    def store(self) -> Store:
        """This thread's store."""
        found: Store | None = getattr(self._local, "store", None)
        if found is None:
            found = open_store(
                self.settings.database_url,
                home=self.settings.home,
                default_pool_slots=self.settings.default_pool_slots,
            )
            self._local.store = found
            self._opened.append(found)
        return found

    def dag_ids(self) -> Iterable[str]:
        """Of every DAG there is or was."""
        return [dag.dag_id for dag in self.store().dags(include_retired=True)]

    def audit(
        self,
        who: Identity,
        action: str,
        *,
        dag_id: str | None,
        run_id: str | None,
        detail: Mapping[str, Any],
        now: datetime,
    ) -> None:
        self.store().write_audit(
            AuditRecord(at=now, who=who.name, action=action, dag_id=dag_id, run_id=run_id, detail=redact(dict(detail)))
        )

    def audit_of(self, name: str, action: str, detail: Mapping[str, Any], now: datetime) -> None:
        """For what somebody does who is not signed in yet."""
        self.store().write_audit(AuditRecord(at=now, who=name, action=action, detail=redact(dict(detail))))

    def close(self) -> None:
        self.connection_tests.close()
        for close in self.closing:
            close()
        self.threads.shutdown(wait=True, cancel_futures=True)
        self.browser.close()
        for store in self._opened:
            store.close()
