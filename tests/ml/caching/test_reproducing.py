"""A run once more: the same numbers where only seeds decide, the differences where something else does; and what is
noted down of each run's environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta

import msgspec
import pytest
from tests.store.making import NOW, RUN, commit, created, run_moved

from tradewind.cli.environment import git_state
from tradewind.cli.surroundings import Surroundings
from tradewind.model.entries import Environment
from tradewind.model.ids import TaskKey, reproduced_run
from tradewind.model.journal import EntryQuery
from tradewind.model.seeds import run_seed, try_seed
from tradewind.reproducing import compare_environments
from tradewind.store import open_store

PIPE = """
import random, time

@task
def draw():
    return [random.random() for _ in range(3)]

@task
def clock():
    return time.time_ns()

@task(cache=True)
def after(at):
    return {"at": at, "one": 1}

@task
def each(x):
    return x + random.randrange(10**9)

with DAG("pipe", params={"a": 1}):
    draw(); after(clock()); each.expand(x=[1, 2])
"""


def command(place, *words, code=0):
    environment = {name: text for name, text in os.environ.items() if not name.startswith("TRADEWIND_")}
    environment |= {"TRADEWIND_HOME": str(place.settings.home), "TRADEWIND_DAGS_FOLDER": str(place.dags)}
    done = subprocess.run(
        [sys.executable, "-m", "tradewind", *words], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout


def git(place, *words):
    given = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *given, *words], cwd=place.dags, check=True, capture_output=True)


def test_a_run_is_reproduced_with_its_code_params_and_random_numbers(place):
    place.write(PIPE)
    first = place.run(params={"a": 5})
    place.edit("return [random.random() for _ in range(3)]", "return 'edited since'")
    told = json.loads(command(place, "runs", "reproduce", "pipe", first.run_id, "-o", "json", code=1))
    tasks = {one["task_id"]: one for one in told["tasks"]}
    assert {name: one["result"] for name, one in tasks.items()} == {
        "draw": "same",
        "clock": "different",
        "after": "different",
        "each": "same",
    }
    assert tasks["after"]["follows_from"] == ["clock"]
    assert "at: " in tasks["after"]["detail"]
    assert "one" not in tasks["after"]["detail"]
    assert told["environment"] == []
    assert reproduced_run(told["reproduced_as"]) == first.run_id
    store = open_store(place.settings.database_url, home=place.settings.home)
    (entry,) = store.entries(EntryQuery("Reproduced", name=first.run_id))
    store.close()
    assert (entry.run_id, entry.body["same"]) == (told["reproduced_as"], ["draw", "each"])


def test_a_run_that_only_depends_on_what_is_known_is_the_same(place):
    place.write(PIPE.replace("time.time_ns()", "7"))
    place.run()
    place.run()  # its `after` is from the cache
    assert "all 4 tasks made the same" in command(place, "runs", "reproduce", "pipe", "-q")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_run_notes_down_commit_difference_packages_machine_and_seed(place):
    place.write(PIPE)
    git(place, "init", "-q", "-b", "trunk")
    git(place, "add", ".")
    git(place, "commit", "-qm", "one")
    clean = place.run()
    place.edit("[1, 2]", "[1, 2, 3]")
    (place.dags / "new.py").write_text("1")
    dirty = place.run()
    store = open_store(place.settings.database_url, home=place.settings.home)
    found = [
        msgspec.convert(store.entries(EntryQuery("Environment", run_id=run.run_id))[0].body, Environment)
        for run in (clean, dirty)
    ]
    store.close()
    assert [len(one.git_commit) for one in found] == [40, 40]
    assert [(one.git_branch, one.is_dirty) for one in found] == [("trunk", False), ("trunk", True)]
    assert found[0].packages["msgspec"]
    assert found[0].seed == run_seed("pipe", clean.run_id)
    assert found[0].cpus > 0
    diff = (place.settings.home / "artifacts" / found[1].git_diff_artifact).read_text()
    assert "# not in git: new.py" in diff
    assert "+    draw(); after(clock()); each.expand(x=[1, 2, 3])" in diff
    assert f"{found[1].git_commit[:12]} on trunk, with changes that are not committed" in command(
        place, "runs", "show", "pipe"
    )


def test_what_the_cache_did_is_listed_told_by_why_and_forgotten(place):
    place.write(PIPE.replace("time.time_ns()", "7"))
    first = place.run()
    (row,) = json.loads(command(place, "runs", "cache", "pipe", "-o", "json"))
    assert (row["task_id"], row["result"], row["why"]) == ("after", "miss", "first time")
    assert "not in the cache: first time" in command(place, "why", "pipe", "after")
    place.run()
    assert f"after  hit     the same as in run {first.run_id}" in command(place, "runs", "cache", "pipe")
    assert f"the same as in run {first.run_id}" in command(place, "runs", "show", "pipe")
    place.edit('"one": 1', '"one": 2')
    place.run()
    assert '-    return {"at": at, "one": 1}' in command(place, "runs", "cache", "pipe", "--diff")
    assert command(place, "runs", "cache", "pipe", "--forget") == "2 successes of pipe forgotten\n"
    assert place.run().outcome("after").why == "first time"


def test_a_folder_outside_of_git_has_no_state(tmp_path):
    assert git_state(tmp_path) == type(git_state(tmp_path))()


def test_a_service_notes_it_down_as_a_duty_a_moment_after_the_run_began(place):
    settings = place.settings
    store = open_store(settings.database_url, home=settings.home)
    commit(store, created(RUN), run_moved("queued", "running"))
    duty = Surroundings(settings, store, "scheduler", is_duty=True)
    duty.committed([run_moved("queued", "running")], NOW)
    due = duty.next_due()
    duty.committed([], NOW + timedelta(hours=1))  # nothing is written outside of its turn
    assert (due, store.entries(EntryQuery("Environment"))) == (NOW + timedelta(seconds=1), [])
    duty.finish()  # waits for what the thread finds out
    (entry,) = store.entries(EntryQuery("Environment", run_id=RUN.run_id))
    assert (entry.who, entry.body["seed"]) == ("scheduler", run_seed(RUN.dag_id, RUN.run_id))
    assert duty.next_due() is None
    store.close()


def test_environments_are_compared_in_words():
    old = Environment(python="3.11.1", packages={"a": "1", "b": "2"}, gpus=("H200",))
    new = Environment(python="3.12.0", packages={"a": "2", "c": "1"})
    assert compare_environments(old, new) == [
        "Python: 3.11.1 → 3.12.0",
        "GPUs: H200 → none",
        "a 1 → 2",
        "b 2 → not installed",
        "c not installed → 1",
    ]
    assert compare_environments(old, old) == []


def test_seeds_differ_by_task_instance_and_try_and_are_those_of_the_run_that_is_repeated():
    names = [TaskKey("d", "r", "t"), TaskKey("d", "r", "t", (0,)), TaskKey("d", "r", "u"), TaskKey("d", "s", "t")]
    assert len({try_seed(name, number) for name in names for number in (1, 2)}) == 8
    assert run_seed("d", "reproduce__2__reproduce__1__r") == run_seed("d", "r")
    assert try_seed(TaskKey("d", "reproduce__1__r", "t"), 1) == try_seed(names[0], 1)
