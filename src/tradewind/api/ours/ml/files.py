"""Files that entries of the journal name: figures, reports, notebooks, tables, quarantined rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.artifact_files import FRAMED, SANDBOX, disposition, sent_file
from tradewind.api.ours.ml.journal import seen
from tradewind.api.ours.paths import ROOT
from tradewind.api.problems import NotFound
from tradewind.model.journal import EntryQuery, JournalEntry

HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}
_TEXTS = frozenset({"txt", "md", "csv", "tsv", "json", "ipynb", "yaml", "yml", "log"})
_FIELDS: dict[str, dict[str, str]] = {
    "GateDecision": {"figures": ""},
    "DriftReport": {"figures": "", "markdown": "md", "html": "html"},
    "NotebookRun": {"executed_artifact": "ipynb", "html_artifact": "html"},
    "LoggedArtifact": {"artifact": ""},
    "DataChecked": {"quarantine_artifact": ""},
}
"""Kind → the fields that hold keys → what such a file is; "": what the end of its key says."""


class NamedFile(Struct, frozen=True):
    key: str
    ending: str
    """What it is taken for, without a dot."""

    @property
    def media(self) -> str:
        if self.ending in ("html", "htm"):
            return HTML
        return _PICTURES.get(self.ending) or (_TEXT if self.ending in _TEXTS else "application/octet-stream")

    @property
    def is_shown(self) -> bool:
        return self.media == HTML or self.ending in _PICTURES


def journal_file(call: Call[Any, None]) -> Response:
    """A file that an entry of the journal names; pages run no scripts, what is no page and no picture is downloaded"""
    entry = _entry(call)
    found = next((one for one in files_of(entry) if one.key == call.path["artifact"]), None)
    if found is None:
        raise NotFound("this entry names no such file")
    stem = entry.name.rpartition("/")[2] or entry.kind
    name = stem if stem.lower().endswith(f".{found.ending}") else f"{stem}.{found.ending}"
    headers = {**SANDBOX, **(FRAMED if found.media == HTML else {}), **disposition(name, is_shown=found.is_shown)}
    return sent_file(call, found.key, found.media, headers)


def files_of(entry: JournalEntry) -> Iterator[NamedFile]:
    for field, ending in _FIELDS.get(entry.kind, {}).items():
        said = entry.body.get(field) or ()
        for key in (said,) if isinstance(said, str) else said:
            yield NamedFile(key, ending or key.rpartition(".")[2])


def _entry(call: Call[Any, None]) -> JournalEntry:
    """Raises NotFound; of a DAG that the caller may not see, too."""
    number = call.path["entry_id"]
    if number.isascii() and number.isdigit() and len(number) <= 18:
        first, *others = _FIELDS
        alone = EntryQuery(
            first, further_kinds=tuple(others), after_id=int(number) - 1, before_id=int(number) + 1, limit=1
        )
        if found := seen(call, call.store.entries(alone)):
            return found[0]
    raise NotFound("there is no such entry with files", hint="its run may have been deleted")


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/journal/files/{{entry_id}}/{{artifact}}",
        name="tradewind_journal_file",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=journal_file,
        answer=bytes,
        errors=(404,),
        media_types=("application/octet-stream", "image/png", "text/html"),
    ),
)
