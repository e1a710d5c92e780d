"""Imports served from a snapshot: original paths, pinned text."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
import traceback

import pytest

from tradewind.dagfiles.finder import install
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot
from tradewind.dagfiles.templates import SnapshotLoader
from tradewind.model.errors import NotFoundError


@pytest.fixture
def pin(root, home):
    def take_and_install() -> PinnedFiles:
        files = PinnedFiles(take_snapshot(root, home), blobs_folder(home))
        install(files)
        sys.path.append(str(root))
        return files

    return take_and_install


def test_an_edit_after_the_snapshot_is_not_seen(root, write, pin):
    file = write("tw_helper.py", "VALUE = 1")
    pin()
    write("tw_helper.py", "VALUE = 2")
    module = importlib.import_module("tw_helper")
    assert (module.VALUE, module.__file__) == (1, str(file))


def test_a_deleted_module_is_still_found(write, pin):
    file = write("tw_gone.py", "VALUE = 1")
    pin()
    file.unlink()
    assert importlib.import_module("tw_gone").VALUE == 1


def test_packages_namespace_packages_and_relative_imports(write, pin):
    write("tw_pack/__init__.py", "from .inner import X")
    write("tw_pack/inner.py", "from .lower.leaf import X")
    write("tw_pack/lower/leaf.py", "X = 42")
    write("tw_space/deep/leaf.py", "from tw_pack import X")
    pin()
    assert importlib.import_module("tw_space.deep.leaf").X == 42
    assert [found.name for found in pkgutil.iter_modules(sys.modules["tw_pack"].__path__)] == ["inner"]


def test_installed_packages_come_before_the_folder(write, pin):
    write("msgspec.py", "raise AssertionError('the DAG folder hid a package')")
    sys.modules.pop("msgspec_probe", None)
    pin()
    assert importlib.import_module("msgspec").__file__ != str(write("msgspec.py"))


def test_tracebacks_and_getsource_show_the_pinned_text(write, pin):
    write("tw_fails.py", "def fail():\n    raise ValueError('pinned')\n")
    pin()
    module = importlib.import_module("tw_fails")
    write("tw_fails.py", "# edited\n# edited\n# edited\n")
    with pytest.raises(ValueError, match="pinned") as caught:
        module.fail()
    assert "raise ValueError('pinned')" in "".join(traceback.format_exception(caught.value))
    assert inspect.getsource(module.fail) == "def fail():\n    raise ValueError('pinned')\n"


def test_data_beside_a_module_is_found(write, pin):
    write("tw_data/__init__.py")
    write("tw_data/numbers.csv", "1,2")
    write(
        "tw_reader.py",
        "import os\nTEXT = open(os.path.join(os.path.dirname(__file__), 'tw_data', 'numbers.csv')).read()",
    )
    pin()
    assert importlib.import_module("tw_reader").TEXT == "1,2"
    assert pkgutil.get_data("tw_data", "numbers.csv") == b"1,2"


def test_bytecode_is_kept_beside_the_blob_and_used(root, home, write, pin, monkeypatch):
    write("tw_cached.py", "VALUE = 1")
    pin()
    importlib.import_module("tw_cached")
    assert list(blobs_folder(home).rglob("*.pyc"))
    assert not list(root.rglob("*.pyc"))
    del sys.modules["tw_cached"]
    monkeypatch.setattr("tradewind.dagfiles.finder.PinnedLoader.source_to_code", None)
    assert importlib.import_module("tw_cached").VALUE == 1


def test_equal_files_at_two_places_keep_their_own_file_names(write, pin):
    for name in ("tw_one.py", "tw_two.py"):
        write(name, "def where():\n    return where.__code__.co_filename\n")
    pin()
    names = [importlib.import_module(name).where() for name in ("tw_one", "tw_two")]
    assert [name.rpartition("/")[2] for name in names] == ["tw_one.py", "tw_two.py"]


def test_damaged_bytecode_is_compiled_anew(home, write, pin):
    write("tw_damaged.py", "VALUE = 1")
    pin()
    importlib.import_module("tw_damaged")
    for file in blobs_folder(home).rglob("*.pyc"):
        file.write_bytes(file.read_bytes()[:20])
    del sys.modules["tw_damaged"]
    assert importlib.import_module("tw_damaged").VALUE == 1


def test_the_folder_can_be_named_as_a_package(root, write, pin):
    write("tw_x.py", "VALUE = 1")
    pin()
    sys.path.append(str(root.parent))
    write("tw_x.py", "VALUE = 2")
    assert importlib.import_module("pipelines.tw_x").VALUE == 1


class TestTemplates:
    def test_come_from_the_snapshot(self, write, pin):
        write("sql/q.sql", "select 1")
        files = pin()
        write("sql/q.sql", "select 2")
        source, path, _ = SnapshotLoader(files, ["sql"]).get_source(None, "q.sql")
        assert (source, path) == ("select 1", files.absolute("sql/q.sql"))
        assert SnapshotLoader(files, ["sql"]).list_templates() == ["q.sql"]

    def test_a_search_path_outside_is_read_from_disk(self, tmp_path, write, pin):
        (tmp_path / "q.sql").write_text("select 3")
        assert SnapshotLoader(pin(), [str(tmp_path)]).get_source(None, "q.sql")[0] == "select 3"

    def test_a_missing_file_is_named(self, pin):
        with pytest.raises(NotFoundError, match=r"no file nothing\.sql"):
            pin().read_text("nothing.sql")
