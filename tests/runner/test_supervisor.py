"""The runner's line to its supervisor, over a real socket pair."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator

import pytest

from tradewind.authoring.exceptions import AirflowRuntimeError
from tradewind.model import frames
from tradewind.model.messages import GetVariable, Progress, Reply, RunnerMessage
from tradewind.runner.supervisor import SocketSupervisor


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def answer_each(sock: socket.socket, replies: dict[str, Reply]) -> threading.Thread:
    """A supervisor that answers GetVariable by key until the line closes."""

    def serve() -> None:
        reader: frames.FrameReader[RunnerMessage] = frames.FrameReader(RunnerMessage)
        while (messages := frames.receive(sock, reader)) is not None:
            for message in messages:
                if isinstance(message, GetVariable):
                    sock.sendall(frames.encode(replies[message.key]))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


def test_each_of_many_threads_gets_its_own_reply(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    answer_each(theirs, {str(n): Reply(n) for n in range(50)})
    supervisor = SocketSupervisor(ours)
    found: dict[int, object] = {}

    def ask(n: int) -> None:
        found[n] = supervisor.ask(GetVariable(str(n)))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {n: n for n in range(50)}


def test_a_refused_request_raises_with_the_supervisors_words(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    answer_each(theirs, {"k": Reply(error="the database is locked")})

    with pytest.raises(AirflowRuntimeError, match="the database is locked"):
        SocketSupervisor(ours).ask(GetVariable("k"))


def test_a_supervisor_that_has_gone_is_an_error_and_no_hang(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    theirs.close()
    supervisor = SocketSupervisor(ours)

    supervisor.tell(Progress("t", 1.0))
    with pytest.raises(AirflowRuntimeError, match="has gone"):
        supervisor.ask(GetVariable("k"))
    assert supervisor.receive_try() is None


def test_a_process_forked_by_the_task_cannot_steal_replies(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    supervisor = SocketSupervisor(ours)
    child = os.fork()
    if child == 0:
        supervisor.tell(Progress("t", 1.0))
        try:
            supervisor.ask(GetVariable("k"))
        except AirflowRuntimeError as error:
            os._exit(0 if "forked by the task" in str(error) else 1)
        os._exit(2)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        theirs.recv(1)
