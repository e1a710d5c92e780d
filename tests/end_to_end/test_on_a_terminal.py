"""On a real terminal: the live display of `tradewind run`, what the service says, and Ctrl-C as a key."""

from __future__ import annotations

import os
import pty
import select
import time
from pathlib import Path

from tests.end_to_end.conftest import COMMAND, PATIENCE_SECONDS, Place, without_colours

SHOW_CURSOR = "\x1b[?25h"
HIDE_CURSOR = "\x1b[?25l"


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, place: Place, *command: str | Path) -> None:
        self.seen = ""
        self._pid, self._line = pty.fork()
        if self._pid == 0:
            os.chdir(place.folder)
            environment = {**place.environment, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"}
            os.execve(COMMAND, [str(COMMAND), *map(str, command)], environment)

    def press(self, key: bytes) -> None:
        os.write(self._line, key)

    def read_until(self, text: str | None) -> None:
        """None: until the command has ended."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text is None or text not in without_colours(self.seen):
            assert time.monotonic() < deadline, self.seen
            if select.select([self._line], [], [], 1.0)[0]:
                try:
                    self.seen += os.read(self._line, 65536).decode("utf-8", "replace")
                except OSError:  # how Linux says that the other end has gone
                    assert text is None, self.seen
                    return

    def exit_code(self) -> int:
        self.read_until(None)
        os.close(self._line)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


def test_a_run_is_shown_live(place: Place) -> None:
    file = place.dag(
        """
        @task
        def trains(progress=None):
            for step in range(4):
                progress(step + 1, 4)
                time.sleep(0.1)
            print("the last line")
        trains()
        """
    )

    terminal = Terminal(place, "run", file)
    code = terminal.exit_code()

    assert code == 0
    shown = without_colours(terminal.seen)
    for text in ("flow", "trains", "success"):
        assert text in shown
    assert terminal.seen.rfind(SHOW_CURSOR) > terminal.seen.rfind(HIDE_CURSOR), "the cursor is given back"


def test_ctrl_c_as_a_key_cancels_cleanly(place: Place) -> None:
    file = place.dag(
        """
        @task
        def slow():
            try:
                note("begins")
                time.sleep(600)
            finally:
                note("cleaned up")
        slow()
        """
    )
    terminal = Terminal(place, "run", file)
    terminal.read_until("slow")
    place.wait_for_note("begins")

    terminal.press(b"\x03")
    code = terminal.exit_code()

    assert code == 130, terminal.seen
    assert place.trace == ["begins", "cleaned up"]
    assert "resume" in terminal.seen
    assert terminal.seen.rfind(SHOW_CURSOR) > terminal.seen.rfind(HIDE_CURSOR)
    place.is_quiet()


def test_ctrl_c_twice_kills(place: Place) -> None:
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
    place.environment["TRADEWIND_KILL_GRACE_SECONDS"] = "600"
    terminal = Terminal(place, "run", file)
    place.wait_for_note("begins")

    terminal.press(b"\x03")
    terminal.read_until("again to kill")
    terminal.press(b"\x03")
    code = terminal.exit_code()

    assert code == 130, terminal.seen
    assert terminal.seen.rfind(SHOW_CURSOR) > terminal.seen.rfind(HIDE_CURSOR)
    place.is_quiet()


def test_the_service_says_what_happens_and_ctrl_c_stops_it(place: Place) -> None:
    """Its parts are processes of sessions of their own: the key is for the supervisor alone."""
    place.environment |= {"TRADEWIND_DAGS_FOLDER": str(place.dags), "TRADEWIND_API_PORT": "0"}
    terminal = Terminal(place, "up")
    terminal.read_until("watching")
    place.dag(
        """
        @task
        def greet():
            note("hello")
        greet()
        @task
        def fails():
            raise ValueError("boom")
        fails()
        """,
        name="hello",
        arguments="start_date=datetime(2025, 1, 1)",
    )
    text = (place.dags / "hello.py").read_text().replace("schedule=None", "schedule='@once'")
    (place.dags / "hello.py").write_text(text)
    terminal.read_until("failed")

    terminal.press(b"\x03")

    assert terminal.exit_code() == 0
    shown = without_colours(terminal.seen)
    for said in ("home ", "watching ", "Ctrl-C stops", "scheduled__2025-01-01", "hello", "failed"):
        assert said in shown
    assert "\x1b[31m" in terminal.seen, "a failure is red"
    assert "Traceback" not in shown
    place.is_quiet()
