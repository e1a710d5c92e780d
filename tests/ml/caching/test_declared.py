"""Files and URLs that a task says it depends on: what makes them another, and when that cannot be told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from tradewind.ml.caching.declared import files_of, urls_of
from tradewind.ml.caching.parts import CannotTell


class Answers(BaseHTTPRequestHandler):
    headers_given: ClassVar[dict[str, str]] = {}

    def do_HEAD(self) -> None:
        self.send_response(200 if self.path == "/data" else 404)
        for name, value in self.headers_given.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def of_url(url):
    (part,) = urls_of([url])
    return part


def of_file(name, folder):
    (part,) = files_of([name], folder)
    return part.hash


def test_an_etag_or_a_date_says_which_version_it_is_and_a_login_is_not_told(site):
    Answers.headers_given = {"ETag": '"1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
    first = of_url(f"{site}/data")
    assert 'ETag "1"' in first.shown
    Answers.headers_given = {"ETag": '"2"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
    assert of_url(f"{site}/data").hash != first.hash
    assert "secret" not in str(of_url("file://me:secret@/nowhere").hash)


@pytest.mark.parametrize(
    ("path", "headers", "why"),
    [("/data", {}, "neither ETag nor Last-Modified"), ("/gone", {"ETag": "1"}, "does not answer: HTTP Error 404")],
    ids=["silent", "gone"],
)
def test_a_url_that_does_not_say_is_no_part_of_a_key(site, path, headers, why):
    Answers.headers_given = headers
    with pytest.raises(CannotTell, match=why):
        of_url(site + path)


def test_other_file_systems_are_asked_through_fsspec(tmp_path):
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/bucket/a", b"1")
    first = of_url("memory://bucket/a").hash
    assert of_url("memory://bucket/a").hash == first
    memory.pipe("/bucket/a", b"22")
    assert of_url("memory://bucket/a").hash != first
    with pytest.raises(CannotTell, match="cannot be looked at"):
        of_url("nosuchscheme://x")


def test_files_folders_and_patterns_count_by_what_is_in_them(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("1")
    names = ("in/a.csv", "in", "in/*.csv", "**/*.csv", str(tmp_path / "in"))
    before = {name: of_file(name, tmp_path) for name in names}
    (tmp_path / "in" / "a.csv").write_text("1")
    assert {name: of_file(name, tmp_path) for name in names} == before
    (tmp_path / "in" / "b.csv").write_text("2")
    assert [name for name in names if of_file(name, tmp_path) == before[name]] == ["in/a.csv"]
    assert of_file("none.csv", tmp_path) == "not there"
