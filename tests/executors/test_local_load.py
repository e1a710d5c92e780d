"""Loading DAG files: what the import does to its process never reaches ours."""

from __future__ import annotations

import sys

import pytest

from tradewind.executors.base import CodeRef
from tradewind.model.messages import GetVariable, Reply
from tradewind.model.outcomes import TryLost, TryReport
from tradewind.model.spec import ReuseSpec


def load(workplace, text, timeout_seconds=60.0, **settings):
    workplace.write_raw(text)
    executor = workplace.executor(**settings)
    return executor.load(workplace.snapshot_now(), "f.py", timeout_seconds)


def test_a_file_gives_its_specs(workplace):
    workplace.file("def one(): return 1")
    assert [spec.dag_id for spec in workplace.loaded.specs] == ["d"]
    assert [task.task_id for task in workplace.loaded.specs[0].tasks] == ["one"]


def test_a_file_is_imported_once_for_its_specs_and_its_tries(workplace):
    note = workplace.folder / "imports"
    executor = workplace.file("def one(): return 1", head=f"open({str(note)!r}, 'a').write('x')")
    assert workplace.value_of("one") == "1"
    assert executor.load(workplace.snapshot, "f.py", 60).specs == workplace.loaded.specs
    assert note.read_text() == "x"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("import os; print('so far'); os._exit(3)", "exit code 3"),
        ("import os; print('so far', flush=True); os.kill(os.getpid(), 9)", "SIGKILL"),
        ("import os; print('so far', flush=True); os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("exit(4)", "4"),
        ("1 / 0", "ZeroDivisionError"),
        ("def (", "SyntaxError"),
    ],
)
def test_an_import_that_fails_is_a_problem(workplace, text, says):
    loaded = load(workplace, text)
    assert loaded.specs == ()
    assert says in loaded.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "import time; time.sleep(60)",
        "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]); time.sleep(60)",
    ],
)
def test_an_import_that_hangs_is_a_problem(workplace, text):
    loaded = load(workplace, text, 0.3, kill_grace_seconds=0.2)
    assert "took longer than 0.3 seconds" in loaded.problems[0].message


@pytest.mark.skipif(sys.platform != "linux", reason="memory is watched through /proc")
def test_an_import_that_takes_too_much_memory_is_a_problem(workplace):
    text = "import time; held = bytearray(b'x') * (300 << 20); time.sleep(60)"
    loaded = load(workplace, text, import_memory_bytes=100 << 20)
    assert "over the limit of 100 MiB" in loaded.problems[0].message


def test_a_try_whose_file_ends_its_process_is_lost_and_says_so(workplace):
    workplace.write_raw("import os; os._exit(7)")
    workplace.snapshot_now()
    workplace.executor()
    ended = workplace.run("one")
    assert isinstance(ended, TryLost)
    assert "exit code 7" in ended.why


def test_the_next_file_loads_after_one_that_killed_its_process(workplace):
    load(workplace, "import os; os._exit(1)")
    workplace.write("def one(): return 1")
    assert not workplace.executors[-1].load(workplace.snapshot_now(), "f.py", 60).problems
    assert workplace.value_of("one") == "1"


def test_a_variable_at_the_top_of_a_file_is_asked_for(workplace):
    workplace.reply = lambda request: Reply("from the store")
    workplace.file("def name(): return NAME", head="from tradewind import Variable\nNAME = Variable.get('name')")
    assert workplace.requests == [GetVariable("name")]
    assert workplace.value_of("name") == '"from the store"'


def test_an_answer_that_fails_is_the_askers_error_alone(workplace):
    def refuse(request):
        raise RuntimeError("database is locked")

    workplace.reply = refuse
    loaded = load(workplace, "from tradewind import Variable\nVariable.get('name')")
    assert "database is locked" in loaded.problems[0].message


def test_a_file_that_leaves_a_thread_gets_a_fresh_interpreter_per_try(workplace):
    workplace.file(
        "def where(): return [os.getpid(), threading.active_count()]",
        head="import threading, time\nthreading.Thread(target=time.sleep, args=(600,), name='left', daemon=True).start()",
    )
    assert "left" in workplace.loaded.fork_unsafe
    first, second = workplace.value_of("where"), workplace.value_of("where")
    assert first != second  # another process
    assert first.rstrip("]").split(",")[1].strip() == "2"  # which has run the import itself


def test_a_retired_warm_parent_finishes_its_tries_and_goes(workplace):
    executor = workplace.file("def slow(): time.sleep(0.2)")
    parent = next(iter(executor._household.all))
    try_id = workplace.submit("slow")
    executor.retire(CodeRef(workplace.snapshot.id, "f.py"))
    assert isinstance(workplace.end_of(try_id), TryReport)
    parent.process.wait(60)
    assert isinstance(workplace.run("slow"), TryReport)  # a new one, on demand


def test_an_idle_warm_parent_goes_by_itself(workplace):
    executor = workplace.file("def one(): return 1", idle_retire_seconds=0.05)
    parent = next(iter(executor._household.all))
    workplace.run("one")
    while parent in executor._household.all:
        executor.wait(0.05)


def test_edited_code_runs_beside_the_old_until_that_is_done(workplace):
    workplace.file("def version(): return 1")
    old = workplace.order("version")
    workplace.write("def version(): return 2")
    workplace.executors[-1].load(workplace.snapshot_now(), "f.py", 60)
    new = workplace.order("version")
    for order, value in ((old, b"1"), (new, b"2")):
        workplace.executors[-1].submit(order)
        assert workplace.end_of(order.message.try_id).outcome.result.inline == value


@pytest.mark.parametrize(
    ("head", "body", "same"),
    [
        ("import random\nrandom.seed(42)", "random.random()", True),
        ("import random", "random.random()", False),
        ("import numpy\nnumpy.random.seed(42)", "float(numpy.random.random())", True),
        ("import numpy", "float(numpy.random.random())", False),
    ],
)
def test_children_share_random_numbers_only_where_the_file_set_a_seed(workplace, head, body, same):
    workplace.file(f"def draw(): return {body}\ndef again(): return {body}", head=head)
    drawn = workplace.value_of("draw")
    assert (workplace.value_of("again") == drawn) is same
    assert workplace.value_of("draw") == drawn  # of the same run and try: they follow from its name


def test_exit_handlers_of_a_task_run_and_those_of_the_import_do_not(workplace):
    note = workplace.folder / "note"
    workplace.file(
        f"def tidy(): atexit.register(lambda: open({str(note)!r}, 'a').write('task\\n'))",
        head=f"import atexit\natexit.register(lambda: open({str(note)!r}, 'a').write('import\\n'))",
    )
    workplace.run("tidy")
    assert workplace.wait_for_file(note) == "task"


# ------------------------------------------------------------------------------------ reuse


def test_a_reused_child_serves_its_number_of_tries(workplace):
    workplace.file("def pid(): return os.getpid()")
    pids: list[str] = []
    for _ in range(7):
        pids.append(workplace.value_of("pid", reuse=ReuseSpec(3)))
        workplace.rest()
    assert [pids.index(pid) for pid in pids] == [0, 0, 0, 3, 3, 3, 6]


@pytest.mark.parametrize(
    ("body", "is_reused"),
    [
        ("pass", True),
        ("os.environ['LEFT'] = '1'", True),
        ("os.chdir('/')", False),
        ("import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)", False),
        ("import threading; threading.Thread(target=time.sleep, args=(60,)).start()", False),
        ("subprocess.Popen(['sleep', '60'])", False),
        ("globals().update(held=bytearray(b'x') * (400 << 20))", False),
        ("raise ValueError()", False),
    ],
)
def test_a_child_that_something_was_left_in_is_replaced(workplace, body, is_reused, tmp_path):
    """Which child is given a try is not said: the one that `leaves` ran in is what counts."""
    note = tmp_path / "pid of leaves"
    workplace.file(f"""
        def pid(): return os.getpid()
        def leaves(): open({str(note)!r}, "w").write(str(os.getpid())); {body}
        def left(): return os.environ.get("LEFT")
    """)
    workplace.value_of("pid", reuse=ReuseSpec(100))
    workplace.rest()
    workplace.run("leaves", reuse=ReuseSpec(100))
    workplace.rest()
    assert (workplace.value_of("pid", reuse=ReuseSpec(100)) == note.read_text()) is is_reused
    assert workplace.value_of("left", reuse=ReuseSpec(100)) is None


def test_a_try_without_reuse_never_gets_a_used_child(workplace):
    workplace.file("def pid(): return os.getpid()")
    used = workplace.value_of("pid", reuse=ReuseSpec(100))
    assert used not in [workplace.value_of("pid") for _ in range(3)]
