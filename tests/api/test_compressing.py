"""Who takes gzip gets large answers so, and the same otherwise."""

from __future__ import annotations

import gzip

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as some

from tests.api.server import ApiServer
from tradewind.api.compressing import SMALLEST_BYTES, gzipped, sent_as, takes_gzip


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("GZip", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, br", False),
        ("x-gzip", False),
    ],
)
def test_what_accept_encoding_says(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes


def test_only_what_is_large_is_compressed() -> None:
    assert sent_as(b"small", "gzip") == (b"small", {})
    large = b"large" * SMALLEST_BYTES
    body, headers = sent_as(large, "gzip")
    assert gzip.decompress(body) == large
    assert headers == {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    assert sent_as(large, "") == (large, {"Vary": "Accept-Encoding"})


@given(some.binary())
def test_nothing_is_lost(raw: bytes) -> None:
    assert gzip.decompress(gzipped(raw)) == raw


def test_a_real_server_compresses_for_who_takes_it(api: ApiServer) -> None:
    pool, where = urllib3.PoolManager(retries=False), f"{api.url}/api/openapi.json"
    plain, small = (
        pool.request("GET", where, headers={"Accept-Encoding": encoding}, decode_content=False)
        for encoding in ("identity", "gzip")
    )
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
