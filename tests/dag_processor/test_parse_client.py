"""The parse server and its children, for real: whatever a file does, the others are parsed."""

from __future__ import annotations

import os
import select
import selectors
import threading
from datetime import UTC, datetime

import pytest

from tests.dag_processor.conftest import dag_file
from tradewind.dag_processor.parse_client import ParseClient, set_up_of
from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot
from tradewind.model.messages import GetVariable, Reply
from tradewind.model.parsing import GetClock, ParseFile
from tradewind.settings import as_plain

LIMIT_SECONDS = 2.0
"""Of files that are to run into it. All others have as long as a busy machine takes."""
PATIENCE_SECONDS = 90.0


@pytest.fixture
def parse(settings, dags, home):
    """parse(name=text, …) → what each file yielded."""
    clients = []

    def answer(request):
        match request:
            case GetVariable(key=key):
                return Reply(f"value of {key}")
            case GetClock():
                return Reply()
            case _:
                return Reply(error="not here")

    def parse_files(*, memory_bytes=0, too_slow="", until="", answer=answer, when_parsed=lambda name: None, **files):
        """`until`: the file whose result ends it, whatever becomes of the others."""
        for name, text in files.items():
            (dags / f"{name}.py").write_text(text)
        snapshot = take_snapshot(dags, home)
        found = {}
        with selectors.DefaultSelector() as selector:
            set_up = set_up_of(as_plain(settings), blobs_folder(home), dags)
            client = ParseClient(selector, answer, set_up, at_once=2)
            clients.append(client)
            client.use(snapshot)
            for name in files:
                limit = LIMIT_SECONDS if name == too_slow else PATIENCE_SECONDS
                order = ParseFile(0, str(dags), f"{name}.py", limit, memory_bytes, datetime.now(UTC))
                client.parse(order, lambda parsed, _, name=name: (found.__setitem__(name, parsed), when_parsed(name)))
            while client.unfinished and until not in found:
                for key, _ in selector.select(client.seconds_until_due()):
                    key.data()
                client.attend()
            client.stop()
        return found

    return parse_files


HARM = {
    "never ends": ("while True: pass", "longer than 2 seconds"),
    "never ends and does not listen": (
        "import signal, threading\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nthreading.Event().wait()",
        "did not react",
    ),
    "ends the interpreter": ("import os\nos._exit(3)", "exit code 3"),
    "exits": ("import sys\nsys.exit(2)", "exit(2)"),
    "crashes": ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
    "prints endlessly": ("while True: print('x' * 100_000)", "too large"),
    "kills the parse server": ("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)", "SIGKILL"),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_harmful_file_is_an_error_and_harms_no_other(parse, harm):
    code, words = HARM[harm]
    too_slow = "bad" if harm.startswith("never ends") else ""
    found = parse(a=dag_file("a"), bad=f"# airflow dag\n{code}\n", z=dag_file("z"), too_slow=too_slow)
    assert [spec.dag_id for name in "az" for spec in found[name].loaded.specs] == ["a", "z"]
    (problem,) = found["bad"].loaded.problems
    assert words in problem.message
    assert problem.hint


def test_files_that_never_end_leave_their_turn_to_others(parse):
    """As many as are parsed at once, and one more: none has reached its time limit when the last one is done."""
    endless = dict.fromkeys(("a", "b", "c"), "# airflow dag\nimport threading\nthreading.Event().wait()")
    found = parse(**endless, good=dag_file("good"), until="good")
    assert list(found) == ["good"]


@pytest.mark.parametrize(
    "top",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()",
        "import os\nos.fork()",
        "import subprocess\nleft = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "open('left', 'a').write(f'{left.pid} ')",
    ],
    ids=["a thread", "a fork", "a process in a session of its own"],
)
def test_what_an_import_leaves_running_is_ended(parse, dags, top):
    top = f"{top}\nimport os\nopen('left', 'a').write(f'{{os.getpid()}} ')"
    found = parse(a=dag_file("a", top=top))
    assert [spec.dag_id for spec in found["a"].loaded.specs] == ["a"]
    for pid in map(int, (dags / "left").read_text().split()):
        assert has_ended(pid)


def has_ended(pid):
    """Waits for it: a signal takes a moment to arrive."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 60.0)[0])
    finally:
        os.close(descriptor)


def test_over_the_memory_limit_is_an_error_at_its_line(parse):
    greedy = dag_file("greedy", top="hoard = [bytearray(10_000_000) for _ in range(100)]")
    found = parse(a=dag_file("a"), greedy=greedy, memory_bytes=200_000_000)
    (problem,) = found["greedy"].loaded.problems
    assert "MemoryError" in problem.message
    assert "dag_import_memory_bytes" in problem.hint
    assert not found["a"].loaded.problems


def test_variables_come_from_the_store(parse):
    top = "from airflow.models import Variable\nNAME = Variable.get('name').replace(' ', '_')"
    found = parse(a=dag_file(top=top).replace('"one"', "NAME"))
    assert [spec.dag_id for spec in found["a"].loaded.specs] == ["value_of_name"]


class Later:
    """An answer that a slow vault gives, once it is let."""

    def __init__(self):
        self.is_there = threading.Event()

    def when_there(self, call):
        threading.Thread(target=lambda: self.is_there.wait(60) and call(), daemon=True).start()

    def reply(self):
        return Reply("slow")


def test_a_file_that_asks_a_slow_vault_keeps_no_other_waiting(parse):
    later = Later()
    order = []

    def when_parsed(name):
        order.append(name)
        later.is_there.set()

    top = "from airflow.models import Variable\nNAME = Variable.get('name')"
    asks = dag_file(top=top).replace('"one"', "NAME")
    found = parse(asks=asks, other=dag_file("b"), answer=lambda _: later, when_parsed=when_parsed)
    assert order == ["other", "asks"]
    assert [spec.dag_id for spec in found["asks"].loaded.specs] == ["slow"]


def test_what_a_file_uses_is_known(parse, dags):
    (dags / "package").mkdir()
    (dags / "package" / "__init__.py").write_text("from package import inner")
    (dags / "package" / "inner.py").write_text("")
    (dags / "conf").mkdir()
    (dags / "conf" / "a.yaml").write_text("a: 1")
    top = "import os, package\nfor name in os.listdir('conf'): open(f'conf/{name}').read()\nopen('own', 'w').write('')"
    found = parse(a=dag_file(top=top))
    assert found["a"].uses == ("conf/", "conf/a.yaml", "package/__init__.py", "package/inner.py")


def test_a_time_zone_that_does_not_exist_is_an_import_error(parse):
    found = parse(a=dag_file(top="import pendulum\nZONE = pendulum.timezone('Mars/Olympus')"))
    (problem,) = found["a"].loaded.problems
    assert "Mars/Olympus" in problem.message


def test_many_files_wait_for_their_turn(parse):
    found = parse(**{f"f{number}": dag_file(f"d{number}") for number in range(60)})
    assert len(found) == 60
    assert all(len(parsed.loaded.specs) == 1 for parsed in found.values())
