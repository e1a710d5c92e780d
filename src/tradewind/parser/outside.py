"""What one DAG file asked the world outside its folder while it was imported. What it yields may be kept over a restart
only where that is known: variables of the environment by their values, everything else not at all."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from typing import Any

import tradewind
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model.parsing import ALL_VARIABLES, digest_of_variables

OTHER_PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"})
NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"})
READING = frozenset({"open", "os.listdir", "os.scandir", "sqlite3.connect"})
MACHINE = ("/proc", "/sys", "/dev", "/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo", "/usr/lib/locale")
"""What is the same after a restart, or says nothing of what a file yields."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Outside:
    """From the moment it is made it hears of what this process does; there is no end to that, so only a process that is
    about to die makes one."""

    def __init__(self, files: PinnedFiles) -> None:
        self.why_not_kept = ""
        """The first thing it did that nobody can look at again."""
        self._environment = HeardEnvironment()
        self._ours = tuple({files.root + os.sep, files.blobs + os.sep, *(folder + os.sep for folder in files.folders)})
        self._installed = tuple(sorted(_installed_folders()))
        self._modules_before = frozenset(sys.modules)
        os.environ = self._environment  # noqa: B003  # the same variables, heard of
        sys.addaudithook(self._heard)

    def environment(self) -> dict[str, str]:
        """Variable → digest of its value when it was first read; `*`: of them all."""
        found = self._environment.read
        return {ALL_VARIABLES: found[ALL_VARIABLES]} if ALL_VARIABLES in found else dict(sorted(found.items()))

    def asked(self, what: str) -> None:
        """Somebody else, for something that may be another one by tomorrow."""
        self.why_not_kept = self.why_not_kept or what

    def end(self) -> None:
        """Look at what was imported from elsewhere: modules that nobody installs may change at any time."""
        for name in list(sys.modules.keys() - self._modules_before):
            place = getattr(sys.modules[name], "__file__", None)
            if isinstance(place, str) and not self._is_known(place):
                self.asked(f"it imports {place}")

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.why_not_kept:
            return
        if event in OTHER_PROGRAMS:
            self.asked("it starts other programs")
        elif event in NETWORK:
            self.asked("it asks the network")
        elif event in READING:
            self._read(event, arguments)

    def _read(self, event: str, arguments: tuple[Any, ...]) -> None:
        path = arguments[0]
        if not isinstance(path, (str, bytes)) or (event == "open" and arguments[2] & WRITING):
            return
        place = os.path.abspath(os.fsdecode(path))
        if not self._is_known(place) and not _is_importing():
            self.asked(f"it reads {place}")

    def _is_known(self, path: str) -> bool:
        return path.startswith((*self._ours, *self._installed, *MACHINE)) or f"{path}{os.sep}" in self._ours


class HeardEnvironment(os._Environ[str]):  # pyright: ignore[reportPrivateUsage]
    """`os.environ`, and which variables were read that this process has not set itself."""

    def __init__(self) -> None:
        self._true: Any = os.environ
        true = self._true
        super().__init__(true._data, true.encodekey, true.decodekey, true.encodevalue, true.decodevalue)
        self.read: dict[str, str] = {}
        self._own: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self._heard(key)
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: str) -> None:
        super().__setitem__(key, value)
        self._own.add(key)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self._own.add(key)

    def __iter__(self) -> Iterator[str]:
        self._heard(ALL_VARIABLES)
        return super().__iter__()

    def _heard(self, name: object) -> None:
        if isinstance(name, str) and name not in self._own and name not in self.read:  # bytes are refused later
            self.read[name] = digest_of_variables(self._true, name)


def _installed_folders() -> set[str]:
    """Of Python, of what is installed for it, and of Tradewind itself."""
    named = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    own = os.path.dirname(os.path.abspath(tradewind.__file__))
    folders = {os.path.abspath(folder) + os.sep for folder in (*named, own)}
    return {*folders, *(os.path.realpath(folder) + os.sep for folder in folders)}


def _is_importing() -> bool:
    """Python looks for modules in many places; what it found is known from the modules."""
    frame = sys._getframe(3)  # pyright: ignore[reportPrivateUsage]
    return frame.f_code.co_filename.startswith("<frozen importlib")
