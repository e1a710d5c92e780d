"""DAG files that could not be imported, and asking for a file to be parsed again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import NotFound, Unavailable
from tradewind.api.v2.bundle_names import bundle_at
from tradewind.api.v2.file_tokens import token_of
from tradewind.api.v2.numbers import number_in_path
from tradewind.api.v2.paging import Ordered, equal, page_of, pattern, prefix
from tradewind.model.parsing import PARSE_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.service import JobKind, Topic
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings.dags import IMPORT_ERRORS, ImportErrorRow
from tradewind.store.schema.core import import_error

ROOT = "/api/v2/importErrors"
ORDER = {
    "id": "number",
    "import_error_id": "number",
    "timestamp": "seen_at",
    "filename": "file",
    "stacktrace": "message",
    "bundle_name": "root",
}


class ImportErrorResponse(Struct, frozen=True):
    import_error_id: int
    timestamp: datetime
    filename: str
    bundle_name: str | None
    stack_trace: str


class ImportErrorCollection(Struct, frozen=True):
    import_errors: tuple[ImportErrorResponse, ...]
    total_entries: int


class ImportErrorQuery(Ordered, frozen=True, kw_only=True):
    filename: str | None = None
    filename_pattern: str | None = None
    filename_prefix_pattern: str | None = None
    bundle_name: str | None = None


def get_import_errors(call: Call[ImportErrorQuery, Any]) -> ImportErrorCollection:
    """What is wrong with DAG files."""
    query = call.query
    filters = [
        equal("file", query.filename),
        pattern("file", query.filename_pattern),
        prefix("file", query.filename_prefix_pattern),
        *_of_bundle(call, query.bundle_name),
    ]
    page = page_of(call, IMPORT_ERRORS, filters, ORDER, Resource.IMPORT_ERROR)
    return ImportErrorCollection(tuple(_shown(call, row) for row in page.rows), page.total or 0)


def get_import_error(call: Call[Any, Any]) -> ImportErrorResponse:
    """One import error."""
    number = number_in_path(call, "import_error_id")
    visible = call.visible(Resource.IMPORT_ERROR)
    found = call.browser.first(IMPORT_ERRORS, Filter("number", Op.EQ, number), visible=visible)
    if found is None:
        raise NotFound(f"there is no import error {number}", hint="it may have been mended meanwhile")
    return _shown(call, found)


def reparse_dag_file(call: Call[Any, Any]) -> None:
    """Have a DAG file parsed again at once. `file_token`: of one of its DAGs."""
    wanted = call.path["file_token"]
    here = [dag for dag in call.store.dags(include_retired=True) if token_of(dag.root, dag.file) == wanted]
    if not here:
        raise NotFound("no DAG file has this token")
    for dag in here:
        call.require(Resource.DAG, Action.EDIT, dag_id=dag.dag_id)
    if not call.store.jobs(kind=JobKind.DAG_PROCESSOR, only_alive=True):
        raise Unavailable("no dag-processor is running", hint="start one: tradewind standalone")
    payload: dict[str, object] = {"root": here[0].root, "file": here[0].file}
    call.store.add_request(PARSE_REQUEST, TO_DAG_PROCESSOR, payload, who=call.who.name, now=call.now)
    call.store.ring(Topic.PARSE)
    call.audit("reparse", dag_id=here[0].dag_id, file=here[0].file)


def _of_bundle(call: Call[Any, Any], name: str | None) -> list[Filter]:
    if name is None:
        return []
    roots = (row[0] for row in call.browser.read(select(import_error.c.root).distinct()))
    return [Filter("root", Op.IN, tuple(root for root in roots if bundle_at(call.server.settings, root) == name))]


def _shown(call: Call[Any, Any], row: ImportErrorRow) -> ImportErrorResponse:
    where = f"{row.file}:{row.line}: " if row.line else ""
    lines = [f"{where}{row.message}", row.hint and f"hint: {row.hint}", row.traceback]
    bundle, text = bundle_at(call.server.settings, row.root), "\n".join(line for line in lines if line)
    return ImportErrorResponse(row.number, row.seen_at, row.file, bundle, text)


OPERATIONS = (
    Operation(
        method="GET",
        path=ROOT,
        name="get_import_errors",
        tag="Import Error",
        needs=Need(Resource.IMPORT_ERROR),
        do=get_import_errors,
        query=ImportErrorQuery,
        answer=ImportErrorCollection,
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/{{import_error_id}}",
        name="get_import_error",
        tag="Import Error",
        needs=Need(Resource.IMPORT_ERROR),
        do=get_import_error,
        answer=ImportErrorResponse,
    ),
    Operation(
        method="PUT",
        path="/api/v2/parseDagFile/{file_token}",
        name="reparse_dag_file",
        tag="DAG Parsing",
        needs=Need(Resource.DAG, Action.EDIT),
        do=reparse_dag_file,
        answer=None,
        status=201,
        errors=(503,),
    ),
)
