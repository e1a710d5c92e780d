"""One row of the API: what it answers to, what it needs, what it takes and gives. The table of all rows makes the
routes, the checks of rights and the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

from tradewind.api.access.rights import Need
from tradewind.api.call import Call, NoQuery

Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]


class Operation(Struct, frozen=True, kw_only=True):
    method: Method
    path: str
    """Whole, with `{names}` of parameters, each a single segment that is percent-decoded after routing:
    `/api/v2/dags/{dag_id}/dagRuns`. `{dag_id}` is the object whose rights are checked."""
    name: str
    """The `operationId`: Airflow's own in v2."""
    tag: str
    needs: Need | None
    """Checked before `do` is called; for the DAG of the path where there is one. None: open to anybody (signing in,
    health, version): there are few of them, and a test lists them all."""
    do: Callable[[Call[Any, Any]], Any]
    """Runs in a thread of the pool, with a store of its own; the first line of its docstring is the summary. What it
    returns is encoded as `answer`; a Starlette Response passes as it is (streams, files)."""
    query: type[Struct] = NoQuery
    """A Struct whose fields are the query parameters; tuples take repeated ones."""
    body: Any = None
    """Type of the JSON body; None: there is none."""
    answer: Any = None
    """Type of the JSON answer; None: an empty one."""
    status: int = 200
    errors: tuple[int, ...] = ()
    """Other status codes that its callers may meet, besides 401, 403, 422."""
    is_open_before_password_change: bool = False
    """May be called by somebody who has to choose a password first: what they need for that."""
    media_types: tuple[str, ...] = ("application/json",)
    examples: Mapping[str, Any] = {}
    """Of bodies, for the document: name → value."""
