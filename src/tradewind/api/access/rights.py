"""Who may do what to which object: the one place that decides. Pure; deny by default."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from fnmatch import fnmatchcase

from msgspec import Struct


class Action(StrEnum):
    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"


class Resource(StrEnum):
    """Those of the first group belong to a DAG; rights to them may be limited to some DAGs."""

    DAG = "dag"
    """The DAG itself: its graph, schedule, being paused."""
    CODE = "code"
    RUN = "run"
    TASK = "task"
    """Task instances and their tries: read, clear, mark."""
    LOG = "log"
    XCOM = "xcom"
    """Values, artifacts, metrics."""
    HUMAN = "human"
    """Questions to people: read, answer (edit)."""
    BACKFILL = "backfill"
    IMPORT_ERROR = "import_error"

    MODEL = "model"
    """Registered models: whom their aliases mean. Reading them goes with the values of the DAGs that made them."""
    ASSET = "asset"
    POOL = "pool"
    VARIABLE = "variable"
    CONNECTION = "connection"
    JOB = "job"
    CONFIG = "config"
    AUDIT = "audit"
    USER = "user"
    ROLE = "role"
    TOKEN = "token"
    """Others' tokens; one's own anybody keeps."""
    SELF = "self"
    """One's own account: password, tokens, sessions. Anybody who is signed in."""


OF_DAGS = frozenset(
    {
        Resource.DAG,
        Resource.CODE,
        Resource.RUN,
        Resource.TASK,
        Resource.LOG,
        Resource.XCOM,
        Resource.HUMAN,
        Resource.BACKFILL,
        Resource.IMPORT_ERROR,
    }
)


class Need(Struct, frozen=True):
    """What an operation asks for before it begins."""

    resource: Resource
    action: Action = Action.READ
    is_asked_inside: bool = False
    """The object is known only inside (named by the body, found by a number): `Call.require` is called there."""


class Grant(Struct, frozen=True):
    """A line of a role. `dags`: a DAG id or a pattern with `*`; only for what belongs to DAGs."""

    resource: Resource
    action: Action
    dags: str = "*"


class Identity(Struct, frozen=True):
    """Who calls. `scopes`: what the token in use is limited to; None: all that its user may."""

    user_id: int
    name: str
    roles: tuple[str, ...]
    grants: tuple[Grant, ...]
    scopes: tuple[Grant, ...] | None = None
    session_id: str | None = None
    """Of the browser session that the call came with; None: a token."""
    token_id: str | None = None
    must_change_password: bool = False
    """They may do nothing else before (see `endpoint`)."""


class Decision(Struct, frozen=True):
    is_allowed: bool
    why: str
    action: Action | None = None
    """None: what is listed was narrowed to what the caller may see."""
    dag_id: str | None = None
    is_final: bool = True
    """False: it only says that there may be a DAG for which it holds; the operation narrows it down."""


def decide(who: Identity, resource: Resource, action: Action, *, dag_id: str | None = None) -> Decision:
    """Whether `who` may do `action` to `resource`; of a DAG, where it belongs to one. For what belongs to DAGs without
    a DAG named: whether there can be any."""
    if resource is Resource.SELF:
        return Decision(True, "one's own account", action)
    if not _granted(who.grants, resource, action, dag_id):
        return Decision(False, f"no role of {who.name} grants {action} {resource}", action, dag_id)
    if who.scopes is not None and not _granted(who.scopes, resource, action, dag_id):
        return Decision(False, "the token's scope does not hold it", action, dag_id)
    return Decision(True, "granted", action, dag_id)


def covers(who: Identity, wanted: Grant) -> bool:
    """Whether `who` may all of what this line grants: for giving it on."""
    if wanted.resource is Resource.SELF:
        return True
    lines = (who.grants,) if who.scopes is None else (who.grants, who.scopes)
    return all(any(_is_part(wanted, line) for line in one) for one in lines)


def _is_part(wanted: Grant, of: Grant) -> bool:
    if wanted.resource is not of.resource or wanted.action is not of.action:
        return False
    is_one_dag = not set(wanted.dags) & set("*?[")
    return of.dags in ("*", wanted.dags) or (is_one_dag and fnmatchcase(wanted.dags, of.dags))


def visible_dags(
    who: Identity, resource: Resource, action: Action, dag_ids: Callable[[], Iterable[str]]
) -> frozenset[str] | None:
    """The DAGs whose `resource` is open to `who`; None: all of them. `dag_ids` is asked only where it matters."""
    if decide(who, resource, action, dag_id="*").is_allowed:
        return None
    return frozenset(dag_id for dag_id in dag_ids() if decide(who, resource, action, dag_id=dag_id).is_allowed)


def _granted(grants: Iterable[Grant], resource: Resource, action: Action, dag_id: str | None) -> bool:
    for grant in grants:
        if grant.resource is not resource or grant.action is not action:
            continue
        if resource not in OF_DAGS or dag_id is None or grant.dags == "*":
            return True
        if dag_id != "*" and fnmatchcase(dag_id, grant.dags):
            return True
    return False
