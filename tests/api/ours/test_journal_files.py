"""Files that entries of the journal name: who gets them, as what, and which are refused."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from tests.api.ours.conftest import GOOD, Get, caller
from tests.api.server import ApiServer

from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.entries import (
    DataChecked,
    DriftReport,
    GateDecision,
    LoggedArtifact,
    NotebookRun,
)
from tradewind.model.journal import EntryQuery, JournalEntry

AT = datetime(2025, 1, 1, tzinfo=UTC)
PAGE = b"<h1>drift</h1><script>alert(1)</script>"


def kept(server: ApiServer, content: bytes, suffix: str) -> str:
    store = ArtifactStore(server.settings.artifact_url)
    file = store.new_file()
    file.write_bytes(content)
    return store.keep(file, hashlib.sha256(content).hexdigest(), suffix)


def noted(server: ApiServer, said: object, name: str = "", *, dag: str = "pipeline") -> int:
    kind = type(said).__name__
    server.store.write_entries([JournalEntry(kind, name, msgspec.to_builtins(said), AT, "", dag, GOOD, "score")])
    return server.store.entries(EntryQuery(kind, limit=1))[0].entry_id


def where(entry_id: int | str, key: str) -> str:
    return f"/journal/files/{entry_id}/{quote(key, safe='')}"


def drift(*figures: str, html: str = "", markdown: str = "") -> DriftReport:
    return DriftReport(True, 1.0, (), 1, 1, figures=figures, html=html, markdown=markdown)


def fetched(get: Get, entry_id: int, key: str) -> tuple[bytes, Any]:
    answer = get(where(entry_id, key))
    return answer.data, answer.headers


def test_pictures_are_shown(own: ApiServer) -> None:
    key = kept(own, b"\x89PNG", "png")
    content, headers = fetched(caller(own), noted(own, GateDecision("hold", "", figures=(key,)), "churn"), key)
    assert (content, headers["Content-Type"]) == (b"\x89PNG", "image/png")
    assert headers["Content-Disposition"] == 'inline; filename="churn.png"'
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("suffix", ["txt", "bin"])
def test_a_report_may_be_framed_by_our_pages_and_runs_nothing(own: ApiServer, suffix: str) -> None:
    key = kept(own, PAGE, suffix)
    content, headers = fetched(caller(own), noted(own, drift(html=key), "daily"), key)
    assert (content, headers["Content-Type"]) == (PAGE, "text/html; charset=utf-8")
    policy = headers["Content-Security-Policy"].split("; ")
    assert policy[0] == "sandbox"  # which allows nothing
    assert {"default-src 'none'", "frame-ancestors 'self'"} < set(policy)
    assert "script" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("said", "suffix", "media", "file_name"),
    [
        (lambda key: drift(markdown=key), "txt", "text/plain; charset=utf-8", "a_b.md"),
        (lambda key: NotebookRun(key), "bin", "text/plain; charset=utf-8", "a_b.ipynb"),
        (lambda key: DataChecked(False, "quarantine", 2, 1, quarantine_artifact=key), "arrow", None, "a_b.arrow"),
        (lambda key: LoggedArtifact("file", key, "text/html", 3), "pickle", None, "a_b.pickle"),
        (lambda key: LoggedArtifact("table", key, "text/csv", 3), "csv", "text/plain; charset=utf-8", "a_b.csv"),
    ],
    ids=["report", "notebook", "quarantine", "pickle", "table"],
)
def test_everything_else_is_a_download(
    own: ApiServer, said: Any, suffix: str, media: str | None, file_name: str
) -> None:
    key = kept(own, b"abc", suffix)
    content, headers = fetched(caller(own), noted(own, said(key), 'x/a"\r\nb'), key)
    assert content == b"abc"
    assert headers["Content-Type"] == (media or "application/octet-stream")
    assert headers["Content-Disposition"] == f'attachment; filename="{file_name}"'


def test_only_what_the_entry_itself_names_is_given(own: ApiServer) -> None:
    get = caller(own)
    mine, foreign = kept(own, b"mine", "png"), kept(own, b"foreign", "png")
    entry, other = noted(own, drift(mine), "daily"), noted(own, drift(foreign), "weekly")
    get(where(entry, mine))
    get(where(other, foreign))
    for key in (foreign, "../../tradewind.db", "x", mine.upper()):
        get(where(entry, key), status=404)
    for number in ("0", "-1", "9" * 30, "x", str(other + 1)):
        get(where(number, mine), status=404)


def test_an_entry_without_files_gives_none(own: ApiServer) -> None:
    own.store.write_entries([JournalEntry("LoggedParams", "", {"params": {}}, AT, "", "pipeline", GOOD, "score")])
    number = own.store.entries(EntryQuery("LoggedParams", limit=1))[0].entry_id
    caller(own)(where(number, "x"), status=404)


def test_a_file_that_is_gone_is_told(own: ApiServer) -> None:
    key = kept(own, b"gone", "png")
    entry = noted(own, drift(key), "daily")
    (Path(own.settings.artifact_url) / key).unlink()
    assert "not in the artifact store any more" in caller(own)(where(entry, key), status=404)["detail"]


def test_who_may_not_see_the_dag_gets_no_file(own: ApiServer) -> None:
    get, key = caller(own), kept(own, b"secret", "png")
    entry = noted(own, drift(key), "daily", dag="other")
    get(where(entry, key))
    with own.limited_to(Grant(Resource.XCOM, Action.READ, "pipeline")):
        get(where(entry, key), status=404)
    with own.limited_to(Grant(Resource.DAG, Action.READ)):
        get(where(entry, key), status=403)
