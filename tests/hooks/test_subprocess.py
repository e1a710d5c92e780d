import os
import threading

import pytest

from tradewind.hooks.subprocess import MAX_LINE_BYTES, SubprocessHook


def test_lines_come_one_by_one_and_the_last_is_the_result():
    lines = []

    result = SubprocessHook().run_command(["bash", "-c", "echo a; echo b >&2; exit 3"], on_line=lines.append)

    assert result == (3, "b")
    assert lines == ["a", "b"]


def test_without_a_folder_it_runs_in_a_new_one_that_is_gone_behind():
    folder = SubprocessHook().run_command(["pwd"]).output

    assert folder != os.getcwd()
    assert not os.path.exists(folder)


def test_sigterm_reaches_what_the_command_has_started():
    hook = SubprocessHook()
    started = threading.Event()
    ended = []

    def run():
        ended.append(hook.run_command(["bash", "-c", "echo up; sleep 100 | cat"], on_line=lambda _: started.set()))

    thread = threading.Thread(target=run)
    thread.start()
    assert started.wait(10)
    hook.send_sigterm()
    thread.join(10)

    assert not thread.is_alive()
    assert ended[0].exit_code == -15


def test_an_interrupted_command_is_not_left_running():
    hook = SubprocessHook()

    def stop(line):
        raise TimeoutError(line)

    with pytest.raises(TimeoutError):
        hook.run_command(["bash", "-c", "echo up; sleep 100"], on_line=stop)
    assert hook.sub_process.poll() == -9


def test_a_line_without_end_comes_in_pieces():
    lines = []

    SubprocessHook().run_command(
        ["bash", "-c", f"head -c {MAX_LINE_BYTES + 5} /dev/zero | tr '\\0' x"], on_line=lines.append
    )

    assert [len(line) for line in lines] == [MAX_LINE_BYTES, 5]


def test_a_command_that_does_not_exist():
    with pytest.raises(FileNotFoundError):
        SubprocessHook().run_command(["/nowhere/command"])
