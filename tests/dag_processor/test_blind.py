"""The kernel refuses to tell of changes: its limits are reached, really, in a user namespace of the test's own."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dag_processor.conftest import PATIENCE_SECONDS, dag_file

WATCHES, INSTANCES = "/proc/sys/user/max_inotify_watches", "/proc/sys/user/max_inotify_instances"


def limited(file: str, most: int) -> list[str]:
    """A command that starts another with such a limit. Skips where that cannot be."""
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", f'echo {most} > {file} && exec "$@"', "sh"]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], capture_output=True).returncode:
        pytest.skip("there are no user namespaces here")
    return command


@pytest.mark.parametrize(
    ("file", "most"),
    [(WATCHES, 0), (INSTANCES, 0), (WATCHES, 3)],
    ids=["no watch", "no instance", "none for another folder"],
)
def test_the_folder_is_looked_through_instead(
    dags: Path, processor: Callable[..., subprocess.Popen[str]], until, ids, file: str, most: int
) -> None:
    (dags / "a.py").write_text(dag_file("a"))
    process = processor(under=limited(file, most))
    until(lambda: ids() == ["a"])

    for name in ("one", "two", "three"):
        (dags / name).mkdir()
        (dags / name / f"{name}.py").write_text(dag_file(name))
    until(lambda: ids() == ["a", "one", "three", "two"])
    (dags / "three" / "three.py").write_text(dag_file("later"))
    until(lambda: ids() == ["a", "later", "one", "two"])
    (dags / "a.py").unlink()
    until(lambda: ids() == ["later", "one", "two"])

    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert said.count("looked through every few seconds") == 1, said
    assert "max_user_watches" in said
    assert "Traceback" not in said
