"""What an operation gets: who calls, with what, and what it may use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tradewind.api.access.guard import guarded
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
        headers: Headers,
        cookies: Mapping[str, str],
        client: Client,
        now: datetime,
    ) -> None:
        self.server = server
        self.who = who
        self.path = path
        self.query: QueryT
        self.body: BodyT
        self.headers = headers
        self.cookies = cookies
        self.client = client
        """Where it comes from: address, host, whether through TLS."""
        self.now = now
        self.decisions: list[Decision] = []
        """A call that ends without a single decision about rights is refused (see `endpoint`)."""
        self.is_open = False
        """An operation that anybody may call: it decides by other means (a password), and may write."""

    @property
    def store(self) -> Store:
        """This thread's own. It refuses to write what nobody has decided about (see `access.guard`)."""
        store = self.server.store()
        return store if self.is_open else guarded(store, self.decisions)

    @property
    def browser(self) -> Browser:
        return self.server.browser

    def begin(self, resource: Resource, action: Action) -> None:
        """There may be DAGs for which the caller may do this, or the call ends here. It decides about none of them: the
        operation asks `visible`, or `require` for each.

        Raises Forbidden."""
        found = decide(self.who, resource, action)
        self.decisions.append(replace(found, is_final=False))
        if not found.is_allowed:
            raise Forbidden(f"{self.who.name} may not {action} {resource}")

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
