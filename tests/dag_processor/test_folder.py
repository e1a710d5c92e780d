"""What a look at a DAG folder finds, without processes."""

from __future__ import annotations

import os

import pytest

from tests.dag_processor.conftest import dag_file
from tradewind.dag_processor import folder as folder_module
from tradewind.dag_processor.bundles import Limits
from tradewind.dag_processor.folder import WatchedFolder
from tradewind.dagfiles.snapshot import load_snapshot, take_snapshot
from tradewind.model.parsing import FileParsed
from tradewind.model.warm import FileLoaded, ImportProblem


@pytest.fixture
def folder(dags, home):
    return WatchedFolder(dags, home, Limits(1_000, 1 << 20))


def learn(folder, file, *, uses=(), problem=""):
    problems = (ImportProblem(file, problem),) if problem else ()
    folder.learn(file, FileParsed(FileLoaded((), problems), tuple(uses)))


def test_first_all_then_what_changed(dags, folder):
    for name in "ab":
        (dags / f"{name}.py").write_text(dag_file(name))
    (dags / "module.py").write_text("x = 1")
    assert folder.look().to_parse == ("a.py", "b.py")
    for name in "ab":
        learn(folder, f"{name}.py")
    assert folder.look().to_parse == ()
    (dags / "b.py").write_text(dag_file("other"))
    look = folder.look()
    assert (look.to_parse, look.is_moved, look.has_other_files) == (("b.py",), True, False)
    (dags / "a.py").unlink()
    assert folder.look().has_other_files


@pytest.mark.parametrize(
    ("uses", "change", "is_due"),
    [
        (("module.py",), "module.py", True),
        (("module.py",), "other.py", False),
        (("conf/",), "conf/new.yaml", True),
        (("conf/",), "elsewhere/new.yaml", False),
        (("data.csv",), "data.csv", True),
    ],
    ids=["a module", "another module", "a folder it listed", "another folder", "a file it read"],
)
def test_what_a_file_uses_has_it_parsed_again(dags, folder, uses, change, is_due):
    (dags / "a.py").write_text(dag_file())
    folder.look()
    learn(folder, "a.py", uses=uses)
    changed = dags / change
    changed.parent.mkdir(exist_ok=True)
    changed.write_text("x = 2")
    assert folder.look([str(changed)]).to_parse == (("a.py",) if is_due else ())


def test_a_broken_file_is_tried_again_when_a_module_changes_and_stays_behind(dags, folder):
    (dags / "a.py").write_text(dag_file())
    folder.look()
    learn(folder, "a.py", problem="no module named later")
    assert folder.stays_behind() == {"a.py"}
    (dags / "query.sql").write_text("select 1")
    assert folder.look().to_parse == ()
    (dags / "later.py").write_text("")
    assert folder.look().to_parse == ("a.py",)


def test_a_file_that_comes_while_the_folder_is_looked_at_is_for_the_next_look(dags, folder, monkeypatch):
    def take_one_that_is_too_early(*arguments, **options):
        taken = take_snapshot(*arguments, **options)
        (dags / "new.py").write_text("# airflow dag")
        return taken

    (dags / "a.py").write_text("# airflow dag")
    monkeypatch.setattr(folder_module, "take_snapshot", take_one_that_is_too_early)
    assert folder.look().to_parse == ("a.py",)
    monkeypatch.undo()
    assert folder.look().to_parse == ("new.py",)


def test_what_is_being_written_counts_as_it_was(dags, folder, home):
    file, new = dags / "a.py", dags / "new.py"
    file.write_text(dag_file("before"))
    first = folder.look()
    learn(folder, "a.py")
    file.write_text("with DAG(")
    new.write_text(dag_file("new")[:60])
    half = folder.look(being_written=[str(file), str(new)])
    assert (first.to_parse, half.to_parse, half.is_moved) == (("a.py",), (), False)
    file.write_text(dag_file("after"))
    new.write_text(dag_file("new"))
    assert folder.look().to_parse == ("a.py", "new.py")
    assert "new.py" in load_snapshot(home, folder.snapshot.id).files


def test_a_file_that_cannot_be_read_says_so_and_keeps_its_place(dags, folder):
    (dags / "a.py").symlink_to(dags / "nowhere")
    (dags / ".#hidden.py").symlink_to(dags / "nowhere")
    look = folder.look()
    assert [problem.file for problem in look.unreadable] == ["a.py"]
    assert (look.to_parse, folder.files) == ((), ("a.py",))
    assert folder.look().unreadable == (), "it is said once"
    (dags / "nowhere").write_text(dag_file())
    mended = folder.look()
    assert (mended.to_parse, mended.mended) == (("a.py",), ("a.py",))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_below_that_cannot_be_read_retires_nothing(dags, folder):
    (dags / "sub").mkdir()
    (dags / "sub" / "a.py").write_text(dag_file())
    folder.look()
    (dags / "sub").chmod(0)
    try:
        look = folder.look()
        assert [problem.file for problem in look.unreadable] == ["sub"]
        assert folder.files == ("sub/a.py",)
        assert look.to_parse == (), "nobody knows what is in it by now"
        assert "sub/a.py" in folder.stays_behind(), "the new snapshot has nothing of it"
    finally:
        (dags / "sub").chmod(0o700)
    assert folder.look().to_parse == ("sub/a.py",)


def test_a_folder_that_is_not_there_is_an_error(folder, dags):
    dags.rmdir()
    with pytest.raises(OSError, match="No such file"):
        folder.look()


def test_a_bundle_that_moves_knows_what_it_learned_but_of_broken_files(dags, folder, tmp_path, home):
    for name in "ab":
        (dags / f"{name}.py").write_text(dag_file(name))
    folder.look()
    learn(folder, "a.py")
    learn(folder, "b.py", problem="x")
    there = tmp_path / "there"
    there.mkdir()
    for name in "ab":
        (there / f"{name}.py").write_text(dag_file(name))
    moved = folder.moved_to(there, "commit")
    look = moved.look()
    assert (look.is_moved, moved.place.version, str(there)) == (True, "commit", moved.place.root)
    assert look.to_parse == ("b.py",)


def test_a_file_that_was_only_touched_is_as_it_was(dags, folder):
    (dags / "a.py").write_text(dag_file())
    (dags / "module.py").write_text("x = 1")
    folder.look()
    learn(folder, "a.py", uses=("module.py",))
    assert folder.look([str(dags / "a.py"), str(dags / "module.py")]).to_parse == ()
