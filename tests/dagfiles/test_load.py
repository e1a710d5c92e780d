"""Loading one DAG file: which DAGs it gives, and what a user is told when it does not."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import zipfile

import pytest

from tradewind.dagfiles.folder import MAX_FILE_BYTES
from tradewind.dagfiles.load import LoadedFile, load_dag_file, module_name
from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot

HEAD = "from tradewind.authoring.dag import DAG\nfrom tradewind.operators.empty import EmptyOperator\n"
DAG_FILE = HEAD + "with DAG('made', schedule=None):\n    EmptyOperator(task_id='only')\n"


@pytest.fixture
def load(root, home, write):
    """load("text") or load("a/b.py") after writing it."""

    def load_text(text: str | bytes, file: str = "my_dags.py", **more: object) -> LoadedFile:
        write(file, text)
        return load_dag_file(take_snapshot(root, home), blobs_folder(home), file, **more)

    return load_text


class TestWhichDags:
    def test_a_with_block_without_a_name(self, load):
        loaded = load(DAG_FILE)
        assert ([*loaded.dags], loaded.problems) == (["made"], ())
        assert [spec.file for spec in loaded.specs] == ["my_dags.py"]
        assert [task.task_id for task in loaded.specs[0].tasks] == ["only"]

    def test_names_of_the_module_and_loops(self, load):
        loaded = load(
            HEAD
            + "a = DAG('a', schedule=None)\nfor n in range(3):\n    globals()[f'd{n}'] = DAG(f'd{n}', schedule=None)\n"
        )
        assert sorted(loaded.dags) == ["a", "d0", "d1", "d2"]

    def test_a_dag_nobody_keeps_is_not_one(self, load):
        loaded = load(HEAD + "def make():\n    return DAG('lost', schedule=None)\nmake()\n")
        assert loaded.dags == {}

    def test_one_bad_dag_does_not_hide_the_others(self, load):
        text = DAG_FILE + (
            "with DAG('circle', schedule=None):\n"
            "    one, two = EmptyOperator(task_id='one'), EmptyOperator(task_id='two')\n"
            "    one >> two >> one\n"
        )
        loaded = load(text)
        assert [*loaded.dags] == ["made"]
        (problem,) = loaded.problems
        assert (problem.dag_id, problem.file) == ("circle", "my_dags.py")
        assert "one" in problem.message

    def test_the_same_id_twice(self, load):
        loaded = load(HEAD + "a = DAG('same', schedule=None, description='first')\nb = DAG('same', schedule=None)\n")
        assert loaded.dags["same"].description == "first"
        assert "two DAGs of this file have the id 'same'" in loaded.problems[0].message

    def test_an_archive(self, load):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("in_zip.py", "import zip_helper\n" + DAG_FILE.replace("made", "zipped"))
            archive.writestr("zip_helper.py", "")
            archive.writestr("folder/not_top.py", "raise AssertionError")
        loaded = load(packed.getvalue(), "dags.zip")
        assert ([*loaded.dags], loaded.problems) == (["zipped"], ())

    def test_a_damaged_archive(self, load):
        assert "archive" in load(b"PK not really", "dags.zip").problems[0].message


class TestTheModule:
    def test_has_the_original_path_and_a_name_of_its_own(self, load, root):
        module = load("NAME, FILE = __name__, __file__\n").module
        assert (module_name("my_dags.py"), str(root / "my_dags.py")) == (module.NAME, module.FILE)
        assert sys.modules[module.__name__] is module

    def test_is_not_hidden_by_and_does_not_hide_a_package_of_its_name(self, load):
        module = load("import msgspec\nSTRUCT = msgspec.Struct\n", "msgspec.py").module
        assert module.STRUCT.__module__ == "msgspec"

    def test_imports_what_lies_beside_it_and_below(self, load, write):
        write("tw_beside.py", "X = 1")
        write("team/tw_below.py", "from tw_beside import X")
        assert load("from team.tw_below import X\n").module.X == 1

    def test_imports_by_the_folders_own_name_in_a_project(self, tmp_path, home):
        dags = tmp_path / "dags"
        for name, text in {
            "dags/one.py": "from dags.tw_two import A\nfrom include.tw_more import B\nimport tw_plugin\n",
            "dags/tw_two.py": "A = 1",
            "include/tw_more.py": "B = 2",
            "plugins/tw_plugin.py": "C = 3",
        }.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
        snapshot = take_snapshot(dags, home)
        (tmp_path / "include/tw_more.py").write_text("B = 'edited'")
        loaded = load_dag_file(snapshot, blobs_folder(home), "one.py")
        assert loaded.problems == ()
        assert (loaded.module.A, loaded.module.B) == (1, 2)

    def test_its_classes_unpickle_in_another_process(self, load, root, home):
        loaded = load("class Result:\n    x = 5\n")
        pickled = pickle.dumps(loaded.module.Result())
        code = (
            "import pickle, sys\nfrom pathlib import Path\n"
            "from tradewind.dagfiles.load import load_dag_file\n"
            "from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot\n"
            f"home = Path({str(home)!r})\n"
            f"load_dag_file(take_snapshot(Path({str(root)!r}), home), blobs_folder(home), 'my_dags.py')\n"
            f"print(pickle.loads({pickled!r}).x)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "5\n"

    def test_its_main_block_does_not_run(self, load):
        assert load("RAN = False\nif __name__ == '__main__':\n    RAN = True\n").module.RAN is False


class TestProblems:
    def test_an_exception_names_the_line_and_cuts_the_traceback(self, load, write):
        write("tw_helper.py", "import json\n\ndef read():\n    return json.loads('{')\n")
        (problem,) = load("import tw_helper\n\ntw_helper.read()\n").problems
        assert (problem.file, problem.line) == ("tw_helper.py", 4)
        assert problem.message.startswith("JSONDecodeError")
        assert "my_dags.py" in problem.traceback
        assert "json/decoder.py" not in problem.traceback
        assert "load.py" not in problem.traceback

    def test_a_missing_module_says_how_to_install_it(self, load):
        (problem,) = load("import os\nimport yaml_nothing_like_it\n").problems
        assert (problem.line, problem.hint) == (2, f"{sys.executable} -m pip install yaml-nothing-like-it")

    def test_a_module_in_the_files_own_folder_says_how_to_import_it(self, load, write):
        write("team/tw_near.py")
        (problem,) = load("import tw_near\n", "team/my.py").problems
        assert "from team import tw_near" in problem.hint

    def test_a_syntax_error_shows_its_line(self, load):
        (problem,) = load("x = 1\nif x = 2:\n    pass\n").problems
        assert problem.line == 2
        assert "SyntaxError" in problem.message
        assert "if x = 2:" in problem.message

    @pytest.mark.parametrize("end", ["exit(3)", "import sys; sys.exit('stop')", "raise SystemExit"])
    def test_a_file_that_exits(self, load, end):
        (problem,) = load(f"x = 1\n{end}\n").problems
        assert "exit(" in problem.message
        assert "__main__" in problem.hint
        assert problem.line == 2

    def test_a_file_that_never_ends(self, load):
        text = "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except Exception:\n        pass\n"
        (problem,) = load(text, timeout_seconds=0.2).problems
        assert "took longer than 0.2 seconds" in problem.message
        assert problem.line in {2, 3, 4}

    def test_a_failed_file_leaves_no_dags_and_no_module(self, load):
        loaded = load(DAG_FILE + "1 / 0\n")
        assert (loaded.dags, loaded.specs, loaded.module) == ({}, (), None)
        assert module_name("my_dags.py") not in sys.modules

    def test_causes_are_cut_alike(self, load):
        text = "import json\ntry:\n    json.loads('{')\nexcept ValueError as error:\n    raise RuntimeError('bad conf') from error\n"
        (problem,) = load(text).problems
        assert "direct cause" in problem.traceback
        assert "decoder.py" not in problem.traceback

    def test_text_that_is_no_unicode(self, load):
        (problem,) = load(b"x = '\xff\xfe'\n").problems
        assert "SyntaxError" in problem.message

    def test_null_bytes(self, load):
        assert load(b"x = 1\0\n").problems[0].file == "my_dags.py"

    def test_a_file_that_is_not_there(self, root, home, write):
        write("other.py")
        loaded = load_dag_file(take_snapshot(root, home), blobs_folder(home), "my.py")
        assert "not in the snapshot" in loaded.problems[0].message

    def test_a_file_that_is_too_large_to_be_code(self, root, home, write):
        write("my.py", "# airflow dag\n" + "#" * MAX_FILE_BYTES)
        loaded = load_dag_file(take_snapshot(root, home), blobs_folder(home), "my.py")
        assert "1,048,590 bytes: over 1,048,576 it counts as data" in loaded.problems[0].message


class TestOutput:
    """In a process of its own: pytest has put streams of its own in the place of the real ones."""

    @pytest.fixture
    def output_of(self, root, home, write):
        def load_elsewhere(text: str) -> tuple[str, str]:
            write("my_dags.py", text)
            code = (
                "import os\nfrom pathlib import Path\n"
                "from tradewind.dagfiles.load import load_dag_file\n"
                "from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot\n"
                f"home = Path({str(home)!r})\n"
                f"snapshot = take_snapshot(Path({str(root)!r}), home)\n"
                "loaded = load_dag_file(snapshot, blobs_folder(home), 'my_dags.py')\n"
                "os.write(2, loaded.output.encode())\nprint('after')\n"
            )
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            return done.stderr, done.stdout

        return load_elsewhere

    def test_what_is_printed_is_kept_also_from_child_processes(self, output_of):
        text = "import os, sys\nprint('out', flush=True)\nprint('err', file=sys.stderr)\nos.system('echo child')\n"
        assert output_of(text) == ("out\nerr\nchild\n", "after\n")

    def test_much_output_is_cut(self, output_of):
        output, after = output_of("print('x' * 1_000_000)\n")
        assert len(output) < 70_000
        assert output.endswith("934,465 more bytes")
        assert after == "after\n"
