"""Every operation of Airflow's official client is here, under the same name, method and path, or says why it is not."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import airflow_client.client.api as official
import msgspec
import pytest

from tradewind.api.app import operations
from tradewind.api.v2.not_here import MISSING


def of_client() -> Iterator[tuple[str, str, str]]:
    """(name, method, path), as its source says them."""
    for module in pkgutil.iter_modules(official.__path__):
        source = inspect.getsource(importlib.import_module(f"{official.__name__}.{module.name}"))
        pattern = r"def _(\w+)_serialize\(.*?method='(\w+)',\s*resource_path='([^']+)'"
        yield from re.findall(pattern, source, re.DOTALL)


WANTED = sorted(set(of_client()))


def test_the_client_has_the_128_operations_that_we_know_of() -> None:
    assert len({(method, path) for _, method, path in WANTED}) == 128


@pytest.mark.parametrize(("name", "method", "path"), WANTED)
def test_an_operation_of_the_client_is_here(name: str, method: str, path: str) -> None:
    rows = [row for row in operations() if (row.method, row.path) == (method, path)]
    assert [row.name for row in rows] == [name]


def test_nothing_under_v2_is_ours_alone() -> None:
    known = {(method, path) for _, method, path in WANTED}
    ours = {(row.method, row.path) for row in operations() if row.path.startswith("/api/v2/")}
    assert ours - known == set()


def test_what_is_not_here_says_why() -> None:
    assert all(row.why and row.instead for row in MISSING)


def test_no_two_operations_share_a_name() -> None:
    names = [row.name for row in operations()]
    assert sorted(names) == sorted(set(names))


WITH_BODY = [row for row in operations() if row.body is not None and not row.path.endswith("/ask/{question}")]
"""The last one is what the command line says to a server, in msgpack."""


@pytest.mark.parametrize("row", [row for row in WITH_BODY if "/models/" not in row.path], ids=lambda row: row.name)
def test_every_body_has_an_example(row) -> None:
    assert row.examples


@pytest.mark.parametrize("row", WITH_BODY, ids=lambda row: row.name)
def test_examples_are_bodies(row) -> None:
    for example in row.examples.values():
        msgspec.convert(example, row.body)
