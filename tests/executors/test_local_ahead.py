"""What the executor gets ready before a try is there, and what it does not get ready for nothing."""

from __future__ import annotations

import pytest
from tests.executors.test_template import load, with_template

from tradewind.executors.base import CodeRef
from tradewind.model.outcomes import TryReport

SOURCE = "from tradewind import DAG, task\nwith DAG('{0}'):\n    @task\n    def one(): return '{0}'\n    one()\n"


def parents_of(executor) -> dict[str, object]:
    return {parent.code.file: parent for parent in executor._household.all if parent.code and not parent.retiring}


def many(workplace, *names: str) -> list[CodeRef]:
    for name in names:
        (workplace.dags / f"{name}.py").write_text(SOURCE.format(name))
    snapshot = workplace.snapshot_now()
    return [CodeRef(snapshot.id, f"{name}.py") for name in names]


def wait_until(executor, condition) -> None:
    while not condition():
        executor.wait(0.05)


def test_what_is_expected_is_imported_and_has_a_child_at_hand(workplace):
    executor = workplace.executor()
    (code,) = many(workplace, "f")
    executor.expect(code)
    wait_until(executor, lambda: "f.py" in parents_of(executor) and parents_of(executor)["f.py"].idle)
    parent = parents_of(executor)["f.py"]
    (child,) = parent.idle
    try_id = workplace.submit("one")
    assert child.serving is not None  # at once
    assert isinstance(workplace.end_of(try_id), TryReport)
    assert parents_of(executor)["f.py"] is parent


def test_few_are_loaded_ahead_at_a_time_and_the_next_when_one_is_used(workplace):
    executor = workplace.executor(parallelism=2, max_warm_parents=4)
    codes = many(workplace, "f", "g", "h", "i")
    for code in codes:
        executor.expect(code)
    assert sorted(parents_of(executor)) == ["f.py", "g.py"]
    assert isinstance(workplace.run("one"), TryReport)
    assert sorted(parents_of(executor)) == ["f.py", "g.py", "h.py"]


def test_what_is_expected_is_not_let_go_for_another(workplace):
    executor = workplace.executor(parallelism=2, max_warm_parents=2)
    expected, other = many(workplace, "e", "f")
    executor.expect(expected)
    wait_until(executor, lambda: parents_of(executor)["e.py"].loaded)
    assert isinstance(workplace.run("one"), TryReport)
    executor.expect(CodeRef(other.snapshot, "g.py"))  # there is no such file, and no room
    assert "e.py" in parents_of(executor)


def test_code_that_nobody_knows_is_not_expected(workplace):
    executor = workplace.executor()
    executor.expect(CodeRef("no such snapshot", "f.py"))
    assert not parents_of(executor)


def test_one_that_was_expected_for_nothing_goes_by_itself(workplace):
    executor = workplace.executor(idle_retire_seconds=0.05)
    (code,) = many(workplace, "f")
    executor.expect(code)
    wait_until(executor, lambda: not parents_of(executor))


@pytest.mark.parametrize(("is_last", "spares"), [(True, 0), (False, 1)])
def test_the_last_try_of_a_run_leaves_no_child_in_reserve(workplace, is_last, spares):
    executor = workplace.file("def one(): return 1")
    wait_until(executor, lambda: parents_of(executor)["f.py"].idle)  # as soon as the file is there
    assert isinstance(workplace.run("one", is_last=is_last), TryReport)
    wait_until(executor, lambda: len(parents_of(executor)["f.py"].children) == spares)
    assert isinstance(workplace.run("one", is_last=is_last), TryReport)


# ------------------------------------------------------------------------------------ from a template


def test_modules_beside_the_file_are_found_in_what_the_template_looked_through(workplace):
    (workplace.dags / "beside.py").write_text("VALUE = 7")
    with_template(workplace, "def one(): return beside.VALUE", "import beside")
    load(workplace)
    assert workplace.value_of("one") == "7"


def test_fresh_interpreters_of_a_forked_warm_parent_have_their_files(workplace):
    (workplace.dags / "beside.py").write_text("VALUE = 7")
    head = "import threading, time, beside\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
    with_template(workplace, "def one(): return beside.VALUE", head)
    load(workplace)
    assert workplace.value_of("one") == "7"


def test_a_template_follows_more_snapshots_than_it_keeps(workplace):
    executor = with_template(workplace, "def one(): return 0")
    for version in range(6):
        workplace.write(f"def one(): return {version}")
        load(workplace)
        assert executor._household._by_code[CodeRef(workplace.snapshot.id, "f.py")].has_files
        assert workplace.value_of("one") == str(version)
