"""Which modules are the user's, found without importing what is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tradewind.ml.caching.packages import own_spec


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the user's; a `site-packages` below it is one of what is installed."""
    installed = tmp_path / "site-packages"
    installed.mkdir()
    monkeypatch.syspath_prepend(str(installed))
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def package(folder: Path, name: str, text: str = "") -> None:
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text(text)
    (folder / name / "part.py").write_text("")


def test_an_installed_package_is_not_imported_to_find_that_its_modules_are_not_ours(folder: Path):
    package(folder / "site-packages", "heavy_library_of_test", "raise SystemExit('was imported')")
    assert own_spec("heavy_library_of_test.part") is None
    assert "heavy_library_of_test" not in sys.modules


def test_a_module_in_a_package_of_the_user_is_found(folder: Path):
    package(folder, "own_package_of_test")
    found = own_spec("own_package_of_test.part")
    assert found is not None
    assert found.origin == str(folder / "own_package_of_test" / "part.py")


def test_a_folder_of_the_user_that_shares_a_namespace_with_an_installed_one_is_found(folder: Path):
    for below in (folder / "site-packages", folder):
        (below / "namespace_of_test").mkdir()
    package(folder / "site-packages" / "namespace_of_test", "theirs")
    package(folder / "namespace_of_test", "mine")
    assert own_spec("namespace_of_test.mine.part") is not None
    assert own_spec("namespace_of_test.theirs.part") is None


def test_what_does_not_exist_is_nobodys(folder: Path):
    assert own_spec("no_such_package_of_test.part") is None
