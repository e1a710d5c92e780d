"""The warm parent by itself, as the executor speaks to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot
from tradewind.model import frames
from tradewind.model.warm import (
    ChildEnded,
    ChildForked,
    FileLoaded,
    ForkChildren,
    FromWarmParent,
    LoadFile,
    Retire,
    SignalChild,
)

ENTRY = "from tradewind.runner.warm_parent import main; main()"


class Line:
    """The executor's end of a warm parent's sockets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.control, theirs = socket.socketpair()
        self.control.settimeout(30)
        life, self.life = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", ENTRY, str(theirs.fileno()), str(life)],
            pass_fds=(theirs.fileno(), life),
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        os.close(life)
        self._reader: frames.FrameReader = frames.FrameReader(FromWarmParent)
        self._messages: list = []
        self.sockets: list[socket.socket] = []

    def load(self, text: str) -> FileLoaded:
        (self._folder / "dags").mkdir()
        (self._folder / "dags" / "f.py").write_text(text)
        home = self._folder / "home"
        snapshot = take_snapshot(self._folder / "dags", home)
        self.send(LoadFile(snapshot, str(blobs_folder(home)), "f.py", str(self._folder)))
        return self.receive()

    def send(self, message) -> None:
        self.control.sendall(frames.encode(message))

    def receive(self):
        while not self._messages:
            data, descriptors, _flags, _address = socket.recv_fds(self.control, 1 << 16, 8)
            self.sockets += [socket.socket(fileno=descriptor) for descriptor in descriptors]
            assert data, "the warm parent has ended"
            self._messages = self._reader.feed(data)
        return self._messages.pop(0)


@pytest.fixture
def line(tmp_path):
    made = Line(tmp_path)
    yield made
    made.control.close()
    for sock in made.sockets:
        sock.close()
    assert made.process.wait(10) == 0
    os.close(made.life)


def test_it_goes_when_the_executor_goes_before_it_has_a_file(line):
    line.control.close()
    assert line.process.wait(10) == 0


def test_it_forks_on_demand_and_tells_of_ends(line):
    loaded = line.load("from tradewind import DAG\nprint('hello')\nwith DAG('d'): pass")
    assert [spec.dag_id for spec in loaded.specs] == ["d"]
    assert "hello" in loaded.output
    line.send(ForkChildren(2))
    first, second = line.receive(), line.receive()
    assert isinstance(first, ChildForked)
    assert len(line.sockets) == 2
    line.send(SignalChild(first.pid, signal.SIGKILL))
    ended = line.receive()
    assert (ended.pid, ended.signal, ended.exit_code) == (first.pid, signal.SIGKILL, None)
    assert ended.max_rss_bytes > 1_000_000
    line.sockets[1].close()  # no more tries: the child ends by itself
    ended = line.receive()
    assert isinstance(ended, ChildEnded)
    assert (ended.pid, ended.exit_code) == (second.pid, 0)


@pytest.mark.parametrize("rehearse", [True, False])
def test_a_child_takes_tries_whether_it_rehearsed_or_not(line, rehearse):
    line.load("from tradewind import DAG\nwith DAG('d'): pass")
    line.send(ForkChildren(1, rehearse=rehearse))
    child = line.receive()
    assert isinstance(child, ChildForked)
    line.sockets[0].close()
    ended = line.receive()
    assert isinstance(ended, ChildEnded)
    assert (ended.pid, ended.exit_code) == (child.pid, 0)


def test_it_signals_its_own_children_only(line):
    line.load("from tradewind import DAG\nwith DAG('d'): pass")
    stranger = subprocess.Popen(["sleep", "60"])
    line.send(SignalChild(stranger.pid, signal.SIGKILL))
    line.send(ForkChildren(1))
    line.receive()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_it_retires_once_its_children_have_ended(line):
    line.load("from tradewind import DAG\nwith DAG('d'): pass")
    line.send(ForkChildren(1))
    line.receive()
    line.send(Retire())
    line.sockets[0].close()
    assert isinstance(line.receive(), ChildEnded)
    assert line.process.wait(10) == 0
