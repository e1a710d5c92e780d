"""The generated pages are what the source says now."""

from __future__ import annotations

import importlib.util

import pytest

from tests.docs.pages import ROOT

_spec = importlib.util.spec_from_file_location("generate_reference", ROOT / "docs" / "generate_reference.py")
assert _spec is not None
assert _spec.loader is not None
generate_reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate_reference)


@pytest.mark.parametrize("name", generate_reference.PAGES)
def test_page_is_current(name: str):
    wanted = generate_reference.PAGES[name]()
    current = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert current == wanted, "run: python docs/generate_reference.py"


def test_every_setting_has_a_meaning():
    rows = [line for line in generate_reference.settings_page().splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.endswith("|  |")] == []
