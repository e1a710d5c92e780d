"""Encryption of variables and connections: Fernet, with the key in a file that only its owner can read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tradewind.model.errors import HomeError
from tradewind.store.folder import make_folder

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_FILE = "secret.key"


class SecretBox:
    """Encrypts and decrypts texts. The key file may hold several keys, one a line: the first encrypts, all decrypt.

    `has_secrets` says whether the database holds anything encrypted: then a key that is gone is never replaced."""

    def __init__(self, home: Path, has_secrets: Callable[[], bool]) -> None:
        self._file = home / KEY_FILE
        self._has_secrets = has_secrets
        self._fernet: MultiFernet | None = None
        self._seen: tuple[int, int, int] | None = None
        """Which file the keys were read from: a rotation puts another in its place."""

    def encrypt(self, text: str) -> str:
        """Raises HomeError where the key is gone although there are secrets, or cannot be made."""
        return self._open().encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """Raises HomeError where the key is gone or is another one."""
        from cryptography.fernet import InvalidToken  # 40 ms: only where a secret is read

        try:
            return self._open().decrypt(token.encode()).decode()
        except InvalidToken as error:
            raise HomeError(
                f"a secret in the database cannot be decrypted with the key in {self._file}",
                hint="put back the key file that belongs to this database, or set the secret anew",
            ) from error

    def unseal(self, token: str, max_age_seconds: int) -> str | None:
        """None: not ours, or too old. For what came back from a stranger: a wrong key is no error here."""
        from cryptography.fernet import InvalidToken

        try:
            return self._open().decrypt(token.encode(), ttl=max_age_seconds).decode()
        except (InvalidToken, UnicodeError):
            return None

    def _open(self) -> MultiFernet:
        """Looked at each time: another process may have rotated the key, and what is encrypted with the old one after
        that could never be read."""
        if self._fernet is None or self._seen != _identity(self._file):
            from cryptography.fernet import Fernet, MultiFernet

            seen = _identity(self._file)
            keys = self._read() or self._read_or_make(Fernet.generate_key().decode())
            try:
                self._fernet = MultiFernet([Fernet(key) for key in keys])
            except ValueError as error:
                raise HomeError(f"{self._file} holds no valid key", hint="put back the right file") from error
            self._seen = seen or _identity(self._file)
        return self._fernet

    def _read(self) -> list[str] | None:
        try:
            return self._file.read_text().split() or [""]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise HomeError(
                f"the key {self._file} cannot be read: {error.strerror}", hint="look at its mode"
            ) from error

    def _read_or_make(self, key: str) -> list[str]:
        """Looked for once more after the secrets were: another process may just have made the first of both."""
        if self._has_secrets():
            if (keys := self._read()) is not None:
                return keys
            raise HomeError(
                f"the database holds secrets, but their key {self._file} is gone",
                hint="put the key file back, or delete the secrets and set them anew",
            )
        make_folder(self._file.parent)
        try:
            self._make(key)
        except OSError as error:
            raise HomeError(f"the key {self._file} cannot be made: {error.strerror}", hint="free its folder") from error
        return self._read() or [""]

    def _make(self, key: str) -> None:
        """Written apart and then linked, so that nobody reads half a key; the file of whoever comes first counts."""
        descriptor, name = tempfile.mkstemp(prefix=f".{KEY_FILE}.", dir=self._file.parent)  # mode 0600
        try:
            with os.fdopen(descriptor, "w") as stream:
                stream.write(key + "\n")
                stream.flush()
                os.fsync(stream.fileno())
            os.link(name, self._file)
        except FileExistsError:
            pass
        finally:
            os.unlink(name)


def rotate_begin(home: Path) -> None:
    """Put a new key before those there are. Nothing is lost if the rotation ends here."""
    from cryptography.fernet import Fernet

    file = home / KEY_FILE
    try:
        known = file.read_text().split()
    except FileNotFoundError:
        known = []
    _replace(file, [Fernet.generate_key().decode(), *known])


def rotate_end(home: Path) -> None:
    """Forget all keys but the first: after every secret was encrypted with it."""
    file = home / KEY_FILE
    _replace(file, file.read_text().split()[:1])


def _replace(file: Path, keys: list[str]) -> None:
    """The old file or the new one, never half of one: also after a power cut."""
    make_folder(file.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{KEY_FILE}.", dir=file.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.write("".join(f"{key}\n" for key in keys))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _identity(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
