"""`kill -9` of `tradewind run` at any moment: nothing goes on, and `runs resume` finishes without doing work twice."""

from __future__ import annotations

import signal

import pytest
from tests.end_to_end.conftest import Place

CHAIN = """
    def step(name, before):
        note(f"begins {name}")
        if name in os.environ.get("HANG", "").split():
            time.sleep(600)
        note(f"did {name}")
        return before + [name]

    @task
    def a():
        return step("a", [])

    @task
    def b(before):
        return step("b", before)

    @task
    def each(number, before):
        return step(f"each{number}", before)

    @task
    def join(all_of_them):
        note(f"joined {sorted(len(one) for one in all_of_them)}")

    join(each.partial(before=b(a())).expand(number=[0, 1, 2]))
"""


@pytest.mark.parametrize(
    ("hanging", "reached", "done_before"),
    [
        ("a", ["begins a"], []),
        ("b", ["did a", "begins b"], ["a"]),
        ("each0 each1 each2", ["begins each0", "begins each1", "begins each2"], ["a", "b"]),
        ("each1", ["did each0", "begins each1", "did each2"], ["a", "b", "each0", "each2"]),
    ],
)
def test_kill_minus_nine_and_resume(place: Place, hanging: str, reached: list[str], done_before: list[str]) -> None:
    file = place.dag(CHAIN)
    process = place.start("run", "--plain", "--parallelism", "3", file, HANG=hanging)
    place.wait_for_note(*reached)
    if done_before:
        place.wait_for(lambda: list(place.states().values()).count("success") == len(done_before))

    process.kill()
    place.end_of(process)
    place.is_quiet()
    resumed = place.tradewind("runs", "resume", "flow", place.newest_run().run_id, "--plain")

    assert resumed.code == 0, resumed.output
    for name in ("a", "b", "each0", "each1", "each2"):
        assert place.trace.count(f"did {name}") == 1
        assert place.trace.count(f"begins {name}") == (1 if name in done_before or name not in hanging.split() else 2)
    assert place.trace[-1] == "joined [3, 3, 3]"
    assert set(place.states().values()) == {"success"}


def test_kill_minus_nine_at_odd_moments(place: Place) -> None:
    """Right after the start, while the database is made and the first processes come up."""
    file = place.dag(CHAIN)
    for pause in range(3):
        process = place.start("run", "--plain", file)
        place.wait_for(lambda pause=pause: len(place.processes()) > pause)
        process.kill()
        place.end_of(process)
        place.is_quiet()

    ended = place.run(file)

    assert ended.code == 0, ended.output


def test_killing_the_process_that_imported_the_file_loses_no_run(place: Place) -> None:
    file = place.dag(
        """
        @task
        def survives():
            note("try")
            if len(open(os.environ["TRACE"]).readlines()) == 1:
                os.kill(os.getppid(), 9)
                time.sleep(600)
        survives()
        """
    )

    ended = place.run(file)

    assert ended.code == 0, ended.output
    assert [one.state.value for one in place.tries("survives")] == ["lost", "success"]


def test_a_run_that_another_process_drives_is_not_resumed(place: Place) -> None:
    file = place.dag(CHAIN)
    process = place.start("run", "--plain", file, HANG="a")
    place.wait_for_note("begins a")

    refused = place.tradewind("runs", "resume", "flow")

    assert refused.code == 1
    refused.has("is being driven by process", "cancel")
    process.send_signal(signal.SIGINT)
    assert place.end_of(process).code == 130


KILLED = """
    class Careful(BaseOperator):
        def execute(self, context):
            try:
                note("begins")
                while True:
                    time.sleep(600)
            finally:
                note("finally")

        def on_kill(self):
            note("on_kill")

    Careful(task_id="careful") >> Careful(task_id="later")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_cancels_cleanly(place: Place, number: int) -> None:
    file = place.dag(KILLED, head="from tradewind import BaseOperator")
    process = place.start("run", "--plain", file)
    place.wait_for_note("begins")

    process.send_signal(number)
    ended = place.end_of(process)

    assert ended.code == 130, ended.output
    place.is_quiet()
    assert sorted(place.trace) == ["begins", "finally", "on_kill"]
    assert place.newest_run().state == "failed"
    assert place.states() == {"careful": "failed", "later": "skipped"}
    ended.has("cancelled", "tradewind runs resume flow")


def test_a_cancelled_run_is_resumed(place: Place) -> None:
    file = place.dag(CHAIN)
    process = place.start("run", "--plain", file, HANG="b")
    place.wait_for_note("begins b")
    process.send_signal(signal.SIGINT)
    place.end_of(process)

    resumed = place.tradewind("runs", "resume", "flow", "--plain")

    assert resumed.code == 0, resumed.output
    assert place.trace.count("begins a") == 1
    assert place.trace.count("begins b") == 2


def test_a_second_signal_kills(place: Place) -> None:
    file = place.dag(
        """
        @task
        def deaf():
            import signal
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            note("begins")
            while True:
                time.sleep(600)
        deaf()
        """
    )
    process = place.start("run", "--plain", file, TRADEWIND_KILL_GRACE_SECONDS="600")
    place.wait_for_note("begins")

    process.send_signal(signal.SIGINT)
    assert process.stdout is not None
    while b"cancelling" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    ended = place.end_of(process)

    assert ended.code == 130, ended.output
    place.is_quiet()


def test_a_ctrl_c_on_a_terminal_reaches_the_whole_group_and_still_cancels_cleanly(place: Place) -> None:
    """A terminal sends SIGINT to every process of its foreground group; warm parents and tasks are in their own."""
    file = place.dag(KILLED, head="from tradewind import BaseOperator")
    process = place.start("run", "--plain", file, new_group=True)
    place.wait_for_note("begins")

    place.interrupt_group(process)
    ended = place.end_of(process)

    assert ended.code == 130, ended.output
    assert "on_kill" in place.trace
    place.is_quiet()
