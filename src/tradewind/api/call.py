"""What an operation gets: who calls, with what, and what it may use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from tradewind.api.access.rights import Action, Decision, Grant, Identity, Resource, covers, decide, visible_dags
from tradewind.api.problems import Forbidden

if TYPE_CHECKING:
    from starlette.datastructures import Headers

    from tradewind.api.door import Client
    from tradewind.api.server import Server
    from tradewind.store.base import Store
    from tradewind.store.browse import Browser


class NoQuery(Struct, frozen=True):
    """No query parameters."""


QueryT = TypeVar("QueryT", bound=Struct)
BodyT = TypeVar("BodyT")


class Call(Generic[QueryT, BodyT]):
    """One request, checked and decoded. Belongs to the thread that serves it."""

    def __init__(
        self,
        server: Server,
        who: Identity,
        *,
        path: Mapping[str, str],
        query: QueryT,
        body: BodyT,
        headers: Headers,
        cookies: Mapping[str, str],
        client: Client,
        now: datetime,
    ) -> None:
        self.server = server
        self.who = who
        self.path = path
        self.query = query
        self.body = body
        self.headers = headers
        self.cookies = cookies
        self.client = client
        """Where it comes from: address, host, whether through TLS."""
        self.now = now
        self.decisions: list[Decision] = []
        """A call that ends without a single decision about rights is refused (see `endpoint`)."""

    @property
    def store(self) -> Store:
        """This thread's own."""
        return self.server.store()

    @property
    def browser(self) -> Browser:
        return self.server.browser

    def require(self, resource: Resource, action: Action, *, dag_id: str | None = None) -> None:
        """The caller may do this to this object, or the call ends here. What is named in a body is asked for here.

        Raises Forbidden."""
        found = decide(self.who, resource, action, dag_id=dag_id)
        self.decisions.append(found)
        if not found.is_allowed:
            raise Forbidden(f"{self.who.name} may not {action} {resource}" + (f" of DAG {dag_id}" if dag_id else ""))

    def may(self, resource: Resource, action: Action, *, dag_id: str | None = None) -> bool:
        """The same as a question."""
        found = decide(self.who, resource, action, dag_id=dag_id)
        self.decisions.append(found)
        return found.is_allowed

    def visible(self, resource: Resource, action: Action = Action.READ) -> frozenset[str] | None:
        """Ids of the DAGs whose `resource` the caller may read: for lists over all DAGs. None: of every DAG."""
        self.decisions.append(Decision(True, f"{resource} of visible DAGs"))
        return visible_dags(self.who, resource, action, self.server.dag_ids)

    def holds(self, role: str) -> bool:
        """The caller may do all that this role may: nobody gives away what they do not have."""
        return all(self.holds_grant(grant) for grant in self.server.authenticator.grants_of_role(role))

    def holds_grant(self, grant: Grant) -> bool:
        return covers(self.who, grant)

    def audit(self, action: str, *, dag_id: str | None = None, run_id: str | None = None, **detail: Any) -> None:
        """Write down what was done, and by whom."""
        self.server.audit(self.who, action, dag_id=dag_id, run_id=run_id, detail=detail, now=self.now)
