"""Snapshots: what they hold, that they are cheap to repeat, and what bounds them."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from tradewind.dagfiles.blobs import blob_path, content_hash
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.dagfiles.snapshot import blobs_folder, load_snapshot, take_snapshot
from tradewind.model.errors import DagFileError, HomeError, NotFoundError


def test_holds_code_and_templates_and_leaves_out_the_rest(root, home, write):
    for name in ("a.py", "lib/b.py", "sql/q.sql", "conf.yaml"):
        write(name, name)
    for name in ("data.csv", ".git/x.py", "__pycache__/a.py", "node_modules/x.json", ".hidden.py", "model.pkl"):
        write(name, name)
    write("env/pyvenv.cfg")
    write("env/lib/x.py")
    write("big.json", b" " * (1 << 20) + b"1")

    snapshot = take_snapshot(root, home)

    assert sorted(snapshot.files) == ["a.py", "conf.yaml", "lib/b.py", "sql/q.sql"]
    assert PinnedFiles(snapshot, blobs_folder(home)).read_text("sql/q.sql") == "sql/q.sql"


def test_is_found_again_by_its_id(root, home, write):
    write("a.py", "x = 1")
    snapshot = take_snapshot(root, home)
    assert load_snapshot(home, snapshot.id) == snapshot


def test_equal_folders_have_equal_ids_and_an_edit_makes_a_new_one(root, home, write):
    write("a.py", "x = 1")
    first, second = take_snapshot(root, home), take_snapshot(root, home)
    write("a.py", "x = 2")
    assert first == second
    assert take_snapshot(root, home).id != first.id


def test_an_unchanged_file_is_not_read_again(root, home, write, monkeypatch):
    file = write("a.py", "x = 1")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    first = take_snapshot(root, home)

    def read_again(path: Path) -> bytes:
        raise AssertionError(f"{path} was read again")

    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda p: read_again(p) if p.suffix == ".py" else real(p))
    assert take_snapshot(root, home) == first


def test_a_change_within_the_clocks_grain_is_seen(root, home, write):
    file = write("a.py", "x = 1")
    status = file.stat()
    first = take_snapshot(root, home)
    file.write_text("x = 2")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert take_snapshot(root, home).id != first.id


def test_a_blob_that_went_away_is_written_again(root, home, write):
    file = write("a.py", "x = 1")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    snapshot = take_snapshot(root, home)
    os.unlink(blob_path(blobs_folder(home), snapshot.files["a.py"]))
    take_snapshot(root, home)
    assert Path(blob_path(blobs_folder(home), content_hash(b"x = 1"))).read_bytes() == b"x = 1"


def test_links_in_a_circle_end(root, home, write):
    write("a.py")
    (root / "again").symlink_to(root)
    assert list(take_snapshot(root, home).files) == ["a.py"]


def test_the_home_inside_the_folder_is_left_out(root, write):
    write("a.py", "x = 1")
    home = root / "home"
    assert take_snapshot(root, home).id == take_snapshot(root, home).id


def test_archives_are_kept_unpacked_too(root, home, write):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.py", "x = 1")
    write("dags.zip", packed.getvalue())
    assert sorted(take_snapshot(root, home).files) == ["dags.zip", "dags.zip/inside.py"]


def test_include_and_plugins_beside_a_dags_folder_belong_to_it(tmp_path, home):
    for name in ("dags/a.py", "include/helper.py", "plugins/p.py", "other/o.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert sorted(take_snapshot(tmp_path / "dags", home).files) == ["../include/helper.py", "../plugins/p.py", "a.py"]


class TestFoldersTooLarge:
    @pytest.fixture
    def crowd(self, write):
        for number in range(30):
            write(f"crowd/f{number}.py", "x = 1")

    @pytest.mark.parametrize("bound", [{"max_files": 20}, {"max_bytes": 100}])
    def test_a_dag_folder_is_refused_with_a_hint(self, root, home, crowd, bound):
        with pytest.raises(DagFileError, match="snapshot_max_files"):
            take_snapshot(root, home, **bound)

    def test_a_lone_file_goes_with_what_it_imports_and_names(self, root, home, write, crowd):
        file = write(
            "my.py", "import helper, json\nfrom pack.deep import thing\nQUERY = 'sql/q.sql'\nP = '/etc/hosts.txt'"
        )
        write("helper.py", "from pack import other")
        for name in ("pack/__init__.py", "pack/deep.py", "pack/other.py", "pack/unused.py", "sql/q.sql"):
            write(name)
        write("pack/deep.py", "from . import near\nfrom .lower.x import y")
        for name in ("pack/near.py", "pack/lower/x.py"):
            write(name)

        snapshot = take_snapshot(root, home, only=file, max_files=20)

        expected = "helper.py my.py pack/__init__.py pack/deep.py pack/lower/x.py pack/near.py pack/other.py sql/q.sql"
        assert sorted(snapshot.files) == expected.split()
        assert "only my.py and what it imports" in snapshot.note

    def test_a_lone_file_in_a_small_folder_takes_the_whole_folder(self, root, home, write):
        file = write("my.py")
        write("beside.py")
        snapshot = take_snapshot(root, home, only=file)
        assert (sorted(snapshot.files), snapshot.note) == (["beside.py", "my.py"], "")


class TestMistakes:
    def test_no_such_folder(self, root, home):
        with pytest.raises(NotFoundError, match="no folder"):
            take_snapshot(root / "nowhere", home)

    def test_no_such_file(self, root, home):
        with pytest.raises(NotFoundError, match="no file"):
            take_snapshot(root, home, only=root / "nothing.py")

    def test_a_home_that_cannot_be_written(self, root, tmp_path, write):
        write("a.py")
        (tmp_path / "file").write_text("not a folder")
        with pytest.raises(HomeError, match="TRADEWIND_HOME"):
            take_snapshot(root, tmp_path / "file")

    def test_a_snapshot_that_is_gone(self, home):
        with pytest.raises(NotFoundError, match="snapshot"):
            load_snapshot(home, "abc")

    def test_a_damaged_cache_is_ignored(self, root, home, write):
        os.utime(write("a.py"), (1_000_000_000, 1_000_000_000))
        first = take_snapshot(root, home)
        for file in (home / "snapshots" / "cache").iterdir():
            file.write_bytes(b"\xff damaged")
        assert take_snapshot(root, home) == first

    def test_a_damaged_manifest_says_so(self, root, home, write):
        write("a.py")
        snapshot = take_snapshot(root, home)
        (home / "snapshots" / f"{snapshot.id}.json").write_text("{")
        with pytest.raises(HomeError, match="manifest"):
            load_snapshot(home, snapshot.id)
