"""Shelves of checkpoints: whole or not there, the newest first, gone with their run."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tradewind.artifacts.shelves import FOLDER, LocalShelf, Manifest, Shelf, delete_shelves, shelf

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["folder", "url"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "artifacts") if request.param == "folder" else f"memory://{tmp_path.name}-{os.getpid()}"


def standing(url: str, run: str = "run", name: str = "cp", path: tuple[int, ...] = ()) -> Shelf:
    return shelf(url, "dag", run, "task", path, name)


def put(on: Shelf, text: str, step: int = 1, try_id: str = "try") -> None:
    folder = on.new_folder()
    (folder / "deep").mkdir()
    (folder / "deep" / "state.pkl").write_text(text)
    on.commit(folder, Manifest(0, step, try_id, NOW))


def read(on: Shelf) -> str | None:
    kept = on.newest()
    return None if kept is None else (on.local(kept) / "deep" / "state.pkl").read_text()


def test_the_newest_is_found_and_so_many_are_kept(url: str) -> None:
    one = standing(url)
    assert one.newest() is None

    for step in range(1, 5):
        put(one, f"state {step}", step)
    one.keep_newest(2)

    kept = one.newest()
    assert kept is not None
    assert (kept.manifest.step, kept.manifest.serial, kept.manifest.size_bytes) == (4, 4, 7)
    assert read(standing(url)) == "state 4"


def test_each_instance_run_and_name_has_its_own(url: str) -> None:
    put(standing(url), "own")
    for other in (standing(url, run="other"), standing(url, name="other"), standing(url, path=(0,))):
        assert other.newest() is None


def test_a_success_is_remembered_with_what_was_saved_before_it(url: str) -> None:
    one = standing(url)
    one.finish("try")
    assert one.finished() is None
    put(one, "state")

    one.finish("try")

    finished = one.finished()
    assert finished is not None
    assert (finished.serial, finished.try_id) == (1, "try")


def test_all_of_a_run_is_deleted(url: str) -> None:
    put(standing(url), "gone")
    put(standing(url, run="other"), "stays")

    delete_shelves(url, "dag", "run")
    delete_shelves(url, "dag", "never was")

    assert standing(url).newest() is None
    assert read(standing(url, run="other")) == "stays"


@pytest.mark.parametrize("name", ["..", "a/b", "ü" * 200, "", "x y"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    put(shelf(str(tmp_path), name, name, name, (), name), "state")

    assert [entry.name for entry in tmp_path.iterdir()] == [FOLDER]
    assert read(shelf(str(tmp_path), name, name, name, (), name)) == "state"


def test_one_that_is_cut_short_is_passed_over(tmp_path: Path) -> None:
    one = standing(str(tmp_path))
    put(one, "whole", 1)
    put(one, "damaged", 2)
    kept = one.newest()
    assert kept is not None
    (Path(kept.url) / "deep" / "state.pkl").write_text("dam")

    assert read(one) == "whole"


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    root = tmp_path / "shelf"
    killed = root / ".incoming-" / "x"
    killed.mkdir(parents=True)
    dead = root / f".incoming-{os.uname().nodename}-999999999-abc"
    dead.mkdir()

    LocalShelf(root).new_folder()

    assert not dead.exists()


def test_two_that_save_at_once_both_do(tmp_path: Path) -> None:
    one, other = standing(str(tmp_path)), standing(str(tmp_path))
    first, second = one.new_folder(), other.new_folder()

    one.commit(first, Manifest(0, 1, "a", NOW))
    other.commit(second, Manifest(0, 1, "b", NOW))

    kept = one.newest()
    assert kept is not None
    assert (kept.manifest.serial, kept.manifest.try_id) == (2, "b")
