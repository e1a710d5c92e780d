"""Which files of a folder may hold DAGs: Airflow's heuristic, and .airflowignore in both syntaxes."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from tradewind.dagfiles.discover import candidate_files, discover_dag_files
from tradewind.dagfiles.ignore import is_ignored, parse

DAG = "from airflow import DAG"


def test_files_that_mention_airflow_and_a_dag(root, write):
    write("a.py", DAG)
    write("deep/b.py", "from tradewind import DAG")
    write("upper.py", "import AIRFLOW; Dag()")
    write("helper.py", "x = 1")
    write("only_dag.py", "dag = 1")
    write("notes.txt", DAG)
    write(".hidden/c.py", DAG)
    write("__pycache__/d.py", DAG)
    assert discover_dag_files(root) == ["a.py", "deep/b.py", "upper.py"]


def test_what_cannot_be_read_to_its_end_or_leads_nowhere_hides_no_other_file(root, write):
    write("good.py", DAG)
    os.mkfifo(root / "pipe.py")
    (root / "to_pipe.py").symlink_to("pipe.py")
    (root / "round.py").symlink_to("round.py")
    (root / "round").symlink_to("round")
    (root / "nowhere.py").symlink_to("gone.py")
    assert candidate_files(root) == ["good.py", "nowhere.py", "round.py"]
    assert discover_dag_files(root) == ["good.py"]


def test_without_safe_mode_every_python_file(root, write):
    write("helper.py", "x = 1")
    assert discover_dag_files(root, safe_mode=False) == ["helper.py"]


def test_archives_count_by_their_top_level_modules(root, write):
    for name, member in {"yes.zip": "dag.py", "no.zip": "folder/dag.py"}.items():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(member, DAG)
        write(name, packed.getvalue())
    write("damaged.zip", b"PK")
    assert discover_dag_files(root) == ["yes.zip"]


def test_ignore_files_of_inner_folders_hold_below_them(root, write):
    for name in ("keep.py", "skip.py", "team/keep.py", "team/skip.py", "team/other.py"):
        write(name, DAG)
    write(".airflowignore", "skip.py\n# a comment\n")
    write("team/.airflowignore", "other.py\n!skip.py\n")
    assert discover_dag_files(root) == ["keep.py", "team/keep.py", "team/skip.py"]


GLOBS = [
    ("a.py", "a.py", True),
    ("a.py", "deep/a.py", True),
    ("a.py", "b/a.py.txt", False),
    ("/a.py", "a.py", True),
    ("/a.py", "deep/a.py", False),
    ("deep/a.py", "x/deep/a.py", False),
    ("*.py", "x/y.py", True),
    ("deep/*.py", "deep/more/a.py", False),
    ("deep/**", "deep/more/a.py", True),
    ("deep/**", "deep", False),
    ("**/more/a.py", "deep/more/a.py", True),
    ("**/more/a.py", "more/a.py", True),
    ("a/**/b.py", "a/b.py", True),
    ("a/**/b.py", "a/x/y/b.py", True),
    ("a?.py", "ab.py", True),
    ("a?.py", "a/.py", False),
    ("[ab].py", "b.py", True),
    ("[!ab].py", "b.py", False),
    ("[!ab].py", "c.py", True),
    (r"\#a.py", "#a.py", True),
    ("*_test.py\n!good_test.py", "good_test.py", False),
    ("*_test.py\n!good_test.py", "bad_test.py", True),
    ("tests/", "tests", False),
]


@pytest.mark.parametrize(("patterns", "path", "expected"), GLOBS)
def test_globs(patterns, path, expected):
    assert is_ignored(path, parse(patterns, "", "glob")) is expected


def test_a_pattern_for_folders_takes_all_below(root, write):
    write("tests/a.py", DAG)
    write("sub/tests/b.py", DAG)
    write("tests.py", DAG)
    write(".airflowignore", "tests/\n!b.py\n")
    assert discover_dag_files(root) == ["tests.py"]


REGEXPS = [
    ("project_a", "deep/project_a/dag.py", True),
    ("tenant_[\\d]", "tenant_1.py", True),
    ("tenant_[\\d]", "tenant_x.py", False),
    (".*_helper\\.py", "a/x_helper.py", True),
    ("^a\\.py$", "b/a.py", False),
    ("valid # and a comment", "valid.py", True),
    ("(broken", "(broken", False),
]


@pytest.mark.parametrize(("patterns", "path", "expected"), REGEXPS)
def test_regular_expressions(patterns, path, expected):
    assert is_ignored(path, parse(patterns, "", "regexp")) is expected


AUTO = [
    (".*_helper.py", "a_helper.py", True),
    ("^skip", "skip.py", True),
    ("*.py", "a.py", True),
    ("foo.*", "foo.py", True),
    ("a/**/b.py", "a/b.py", True),
]


@pytest.mark.parametrize(("patterns", "path", "expected"), AUTO)
def test_the_syntax_shows_in_the_patterns(patterns, path, expected):
    assert is_ignored(path, parse(patterns, "")) is expected


def test_a_folder_that_is_not_there(root):
    with pytest.raises(NotADirectoryError):
        discover_dag_files(root / "nowhere")
