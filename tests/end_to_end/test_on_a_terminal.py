"""`tradewind run` on a real terminal: the live display, and Ctrl-C as a key."""

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

    def __init__(self, place: Place, file: Path) -> None:
        self.seen = ""
        self._pid, self._line = pty.fork()
        if self._pid == 0:
            os.chdir(place.folder)
            environment = {**place.environment, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"}
            os.execve(COMMAND, [str(COMMAND), "run", str(file)], environment)

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

    terminal = Terminal(place, file)
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
            note("begins")
            try:
                time.sleep(600)
            finally:
                note("cleaned up")
        slow()
        """
    )
    terminal = Terminal(place, file)
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
    terminal = Terminal(place, file)
    place.wait_for_note("begins")

    terminal.press(b"\x03")
    terminal.read_until("again to kill")
    terminal.press(b"\x03")
    code = terminal.exit_code()

    assert code == 130, terminal.seen
    assert terminal.seen.rfind(SHOW_CURSOR) > terminal.seen.rfind(HIDE_CURSOR)
    place.is_quiet()
