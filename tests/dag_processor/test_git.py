"""A git repository as a bundle, end to end: a real repository, real fetches, a real dag-processor."""

from __future__ import annotations

import subprocess

import msgspec
import pytest

from tests.dag_processor.conftest import dag_file
from tradewind.dag_processor.git import fetch, last_checkout
from tradewind.dag_processor.git_command import Credentials, GitError, credentials_of, run_git
from tradewind.dagfiles.snapshot import load_snapshot
from tradewind.model.errors import NotFoundError
from tradewind.model.parsing import REFRESH_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.records import ConnectionRecord
from tradewind.model.service import Topic
from tradewind.settings import BundleSetting

NOBODY = Credentials({})


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    return folder


def git(folder, *arguments):
    author = ("-c", "user.name=me", "-c", "user.email=me@here", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "another")
    return git(folder, "rev-parse", "HEAD")


def bundle(repository, **more):
    return BundleSetting(**{"name": "team", "kind": "git", "url": f"file://{repository}", "ref": "main", **more})


def test_a_branch_is_followed_also_where_its_history_is_rewritten(repository, home):
    first = commit(repository, a="x = 1")
    before = fetch(bundle(repository), home, NOBODY)
    git(repository, "commit", "--quiet", "--amend", "-m", "other words")
    after = fetch(bundle(repository), home, NOBODY)
    assert before.commit == first
    assert after.commit == git(repository, "rev-parse", "HEAD") != first
    assert (before.root / "a.py").read_text() == "x = 1", "what a run began with stays"
    assert last_checkout(bundle(repository), home) == after


@pytest.mark.parametrize("ref", ["", "v1", "other"], ids=["default branch", "tag", "branch"])
def test_what_a_ref_may_be(repository, home, ref):
    first = commit(repository, a="x = 1")
    git(repository, "tag", "v1")
    git(repository, "branch", "other")
    second = commit(repository, a="x = 2")
    assert fetch(bundle(repository, ref=ref), home, NOBODY).commit == (first if ref else second)


def test_a_branch_that_is_gone_says_so_and_the_last_commit_stays(repository, home):
    commit(repository, a="x = 1")
    found = fetch(bundle(repository), home, NOBODY)
    git(repository, "branch", "-m", "main", "renamed")
    with pytest.raises(GitError, match="main"):
        fetch(bundle(repository), home, NOBODY)
    assert last_checkout(bundle(repository), home) == found


def test_a_subdir_that_is_not_there_is_an_error(repository, home):
    commit(repository, a="x = 1")
    with pytest.raises(GitError, match="no folder 'nowhere'"):
        fetch(bundle(repository, subdir="nowhere"), home, NOBODY)


def test_secrets_are_never_shown(repository, home):
    with pytest.raises(GitError) as error:
        run_git(["fetch", "https://user:hush@localhost:1/x.git"], NOBODY)
    assert "hush" not in str(error.value)


def test_credentials_come_from_a_connection_and_stay_out_of_the_arguments(store, home, repository):
    store.set_connection(ConnectionRecord(conn_id="forge", login="me", password="hush"))
    found = credentials_of(bundle(repository, connection="forge"), store, home)
    assert found.environment["GIT_CONFIG_KEY_0"] == "http.extraHeader"
    assert "hush" in found.secrets
    with pytest.raises(NotFoundError, match="'gone'"):
        credentials_of(bundle(repository, connection="gone"), store, home)


def test_commits_become_versions_each_pinned_to_its_own(repository, home, store, processor, until):
    first = commit(repository, a=dag_file("a"), b=dag_file("b"))
    (home / "tradewind.toml").write_text(
        f'[[bundles]]\nname = "team"\nkind = "git"\nurl = "file://{repository}"\nref = "main"\nrefresh_seconds = 0\n'
    )
    processor()
    until(lambda: store.dag("a") and store.dag("b"))
    old = {dag.dag_id: dag for dag in store.dags()}

    (repository / "b.py").unlink()
    second = commit(repository, a=dag_file("a", tasks=("first", "second")), c=dag_file("c"))
    store.add_request(REFRESH_REQUEST, TO_DAG_PROCESSOR, {"name": "team"}, who="me", now=store.now())
    store.ring(Topic.PARSE)
    until(lambda: [dag.dag_id for dag in store.dags()] == ["a", "c"])

    assert [version.bundle_version for version in store.dag_versions("a")] == [second, first]
    pinned = load_snapshot(home, old["a"].snapshot)
    assert first in pinned.root
    assert second in store.dag("a").root


def test_files_that_a_commit_does_not_touch_move_with_it(repository, home, store, processor, until):
    commit(repository, a=dag_file("a"), b=dag_file("b"))
    (home / "tradewind.toml").write_text(
        f'[[bundles]]\nname = "team"\nkind = "git"\nurl = "file://{repository}"\nrefresh_seconds = 0.2\n'
    )
    processor()
    until(lambda: store.dag("a") and store.dag("b"))
    second = commit(repository, a=dag_file("a", tasks=("first", "second")))
    until(lambda: second in store.dag("a").root and second in store.dag("b").root)
    assert len(store.dag_versions("b")) == 1
    assert store.dag("b").snapshot == store.dag("a").snapshot
    assert [dag.dag_id for dag in store.dags()] == ["a", "b"]


def test_a_bundle_that_cannot_be_fetched_is_an_import_error_until_it_can(repository, home, store, processor, until):
    settings = {"TRADEWIND_BUNDLES": msgspec.json.encode([bundle(repository, refresh_seconds=0.2)]).decode()}
    processor(**settings)
    (error,) = until(store.import_errors)
    assert "the bundle team cannot be fetched" in error.message
    commit(repository, a=dag_file("a"))
    until(lambda: store.dag("a") and not store.import_errors())
