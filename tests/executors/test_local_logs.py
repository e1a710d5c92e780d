"""What a task prints and logs, by whatever way, ends in its one log file."""

from __future__ import annotations

import pytest

from tradewind.model.log_format import LogRecord, read_log
from tradewind.model.outcomes import TryReport
from tradewind.runner.log_file import MAX_LOG_BYTES


class Logged:
    """Runs the one task of a DAG file; the records of its log."""

    def __init__(self, workplace) -> None:
        self._workplace = workplace
        self.size_bytes = 0

    def __call__(self, body: str, *, head: str = "") -> list[LogRecord]:
        self._workplace.file(body, head=head)
        ended = self._workplace.run(body.split("def ")[1].split("(")[0])
        assert isinstance(ended, TryReport), ended
        path = self._workplace.log_path(ended.try_id)
        self.size_bytes = path.stat().st_size
        return list(read_log(path))


@pytest.fixture
def logged(workplace) -> Logged:
    return Logged(workplace)


def test_logging_and_printing_in_a_task(logged):
    log = logged("""
        def talks():
            print("printed")
            logging.getLogger("my").info("logged %s", 1)
            logging.getLogger("my").debug("not shown")
            logging.getLogger("my").error("wrong", exc_info=ValueError("why"))
            subprocess.run(["sh", "-c", "echo raw; echo bad >&2; printf 'end'"])
            os.write(1, b"invalid \\xff\\n")
            sys.stdout.buffer.write(b"bytes \\xff\\n")
            print("last, without end", end="")
    """)
    shown = [(record.level, record.logger, record.text) for record in log]
    assert shown[0] == ("INFO", "stdout", "printed")
    assert shown[1] == ("INFO", "my", "logged 1")
    assert shown[2][:2] == ("ERROR", "my")
    assert shown[2][2].endswith("ValueError: why")
    assert ("INFO", "stdout", "raw") in shown
    assert ("WARNING", "stderr", "bad") in shown
    assert ("INFO", "stdout", "endinvalid \ufffd") in shown
    assert ("INFO", "stdout", "bytes \ufffd") in shown
    assert ("INFO", "stdout", "last, without end") in shown


def test_a_secret_that_a_task_learns_is_masked_everywhere(logged):
    log = logged("""
        def leaks():
            from tradewind.authoring.secrets import mask_secret
            mask_secret("learned-late")
            print("printed learned-late")
            logging.info("logged learned-late")
            subprocess.run(["echo", "raw learned-late"])
    """)
    found = [record.text for record in log if "learned" in record.text or "***" in record.text]
    assert found == ["printed ***", "logged ***", "raw ***"]


@pytest.mark.parametrize(
    "body",
    [
        "for _ in range(1600): print('x' * 65535)",
        "subprocess.run(['sh', '-c', 'yes 0123456789012345678901234567890123456789 | head -c 100000000'])",
        "sys.stdout.write('x' * 100_000_000 + chr(10))",
    ],
)
def test_a_hundred_megabytes_of_output(logged, body):
    log = logged(f"""
        def floods():
            {body}
            print("the end")
    """)
    assert any(record.text == "the end" for record in log)
    assert logged.size_bytes <= MAX_LOG_BYTES


def test_what_processes_forked_by_a_task_print_is_written_once(logged):
    log = logged("""
        def forks():
            print("unfinished ", end="")
            if os.fork() == 0:
                print("child")
                sys.stdout.flush()
                os._exit(0)
            os.wait()
            print("line")
    """)
    said = sorted(record.text for record in log if record.logger == "stdout")
    assert said == ["child", "unfinished line"]


def test_handlers_that_print_do_not_double_records(logged):
    log = logged("def logs(): logging.getLogger().warning('once')", head="import logging; logging.basicConfig()")
    assert sum("once" in record.text for record in log) == 1
