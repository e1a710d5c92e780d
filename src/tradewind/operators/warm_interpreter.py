"""A Python interpreter that waits with its imports done, and forks for each script: it runs in environments of others.

Standard library only, Python 3.9 and later: `python warm_interpreter.py <socket> <pid> <idle seconds> <module>…`. It
ends when the process `pid` is gone or nobody has asked for so many seconds. A caller sends one line of JSON (script,
arguments, folder, environment) with two file descriptors, for output and for errors, hears the pid of the child and, at
its end, its exit code as the shell knows it, a line each.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    del sys.path[0]  # this file's folder, whose email.py and datetime.py are not the standard library's

import contextlib
import importlib
import json
import os
import random
import runpy
import select
import signal
import socket
import threading
import traceback
from typing import Any, NamedTuple, NoReturn

WAITING = "tw-waiting"
"""What this process calls itself, so that it is left alone when the task that started it ends."""
READY, COLD = b"ready\n", b"cold\n"
LONGEST_MESSAGE_BYTES = 16 * 1024 * 1024


class Child(NamedTuple):
    pid: int
    caller: socket.socket


def main(path: str, owner: str, idle_seconds: str, *modules: str) -> None:
    _be_called(WAITING)
    for name in modules:
        with contextlib.suppress(Exception):  # the script will say what is wrong, where it imports it itself
            importlib.import_module(name)
    if threading.active_count() > 1:  # a fork would leave their locks held for ever
        os.write(1, COLD)
        return
    door = socket.socket(socket.AF_UNIX)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    door.bind(path)
    door.listen(64)
    os.write(1, READY)
    os.close(1)
    try:
        _serve(door, _watched(int(owner)), float(idle_seconds))
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def _be_called(name: str) -> None:
    with contextlib.suppress(OSError), open("/proc/self/comm", "w") as file:
        file.write(name)


def _watched(pid: int) -> list[int]:
    try:
        return [os.pidfd_open(pid)]
    except (AttributeError, OSError):  # another system, or it has gone: then idleness ends this process
        return []


def _serve(door: socket.socket, owner: list[int], idle_seconds: float) -> None:
    children: dict[int, Child] = {}
    while True:
        callers = {child.caller: child.pid for child in children.values() if child.caller.fileno() >= 0}
        timeout = None if children else idle_seconds
        ready, _, _ = select.select([door, *owner, *children, *callers], [], [], timeout)
        if not ready or any(one in ready for one in owner):
            for child in children.values():
                _end(child.pid)
            return
        for one in ready:
            if one is door:
                _answer(door, children)
            elif isinstance(one, int):
                _tell_end(one, children.pop(one))
            elif one in callers:  # it has gone, and nobody wants what the child does
                _end(callers[one])
                one.close()


def _answer(door: socket.socket, children: dict[int, Child]) -> None:
    """The child's side of a pipe closes with it: then waiting for it gives its exit code at once."""
    caller, _ = door.accept()
    data, descriptors, _, _ = socket.recv_fds(caller, LONGEST_MESSAGE_BYTES, 2)
    while data and not data.endswith(b"\n"):
        data += caller.recv(LONGEST_MESSAGE_BYTES)
    if not data or len(descriptors) != 2:
        caller.close()
        return
    ended, alive = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ended)
        door.close()
        caller.close()
        _run(json.loads(data), *descriptors)
    os.close(alive)
    for one in descriptors:
        os.close(one)
    with contextlib.suppress(OSError):
        caller.sendall(b"%d\n" % pid)
    children[ended] = Child(pid, caller)


def _tell_end(ended: int, child: Child) -> None:
    os.close(ended)
    _, status = os.waitpid(child.pid, 0)
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    with contextlib.suppress(OSError):
        child.caller.sendall(b"%d\n" % code)
    child.caller.close()


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _run(order: dict[str, Any], out: int, err: int) -> NoReturn:
    _be_called("python")
    os.setsid()
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    random.seed()
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)  # noqa: SIM115
    sys.argv = order["command"]
    code = 0
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
        if isinstance(error.code, str):
            sys.stderr.write(error.code + "\n")
    except BaseException:
        traceback.print_exc()
        code = 1
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code & 0xFF)


if __name__ == "__main__":
    main(*sys.argv[1:])
