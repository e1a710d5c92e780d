"""A fresh interpreter per try, for files that cannot be forked: started by the warm parent in place of a fork.

`python -c "from tradewind.runner.fresh import main; main()" SOCKET LOAD CARD OUT ERR PARENT`: descriptors, and the
process id of the warm parent. LOAD is a file with the `LoadFile` that the warm parent was given.
"""

from __future__ import annotations

import gc
import os
import socket
import sys

import msgspec

from tradewind.model.warm import LoadFile
from tradewind.runner import capture, child, importing
from tradewind.runner.raw_output import AddressCard

CODE = "from tradewind.runner.fresh import main; main()"


def start(sock: int, load: int, card: int, out_write: int, err_write: int) -> int:
    """Called in the warm parent; returns the process id. posix_spawn, and no fork: there are threads."""
    for descriptor in (sock, load, card, out_write, err_write):
        os.set_inheritable(descriptor, True)
    arguments = map(str, (sock, load, card, out_write, err_write, os.getpid()))
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-P", "-X", "faulthandler", "-c", CODE, *arguments],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, out_write, 1), (os.POSIX_SPAWN_DUP2, err_write, 2)],
    )


def main() -> None:
    """Entry point of the interpreter."""
    sock, load_file, card, out_write, err_write, parent = map(int, sys.argv[1:7])
    child.become_child(parent, out_write, err_write)
    for descriptor in (sock, load_file, card, out_write, err_write):
        os.set_inheritable(descriptor, False)
    load = msgspec.msgpack.decode(os.pread(load_file, os.fstat(load_file).st_size, 0), type=LoadFile)
    os.close(load_file)
    imported = importing.import_file(load)
    capture.take_logging(importing.log_level())
    gc.freeze()
    child.serve(socket.socket(fileno=sock), imported.file, AddressCard(card), imported.seeds)
