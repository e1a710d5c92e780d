"""Encryption of variables and connections: Fernet, with the key in a file that only its owner can read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tradewind.model.errors import HomeError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_FILE = "secret.key"


class SecretBox:
    """Encrypts and decrypts texts. The key file may hold several keys, one a line: the first encrypts, all decrypt."""

    def __init__(self, home: Path) -> None:
        self._file = home / KEY_FILE
        self._fernet: MultiFernet | None = None

    def encrypt(self, text: str) -> str:
        return self._open(may_create=True).encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """Raises HomeError where the key is gone or is another one."""
        from cryptography.fernet import InvalidToken  # 40 ms: only where a secret is read

        try:
            return self._open(may_create=False).decrypt(token.encode()).decode()
        except InvalidToken as error:
            raise HomeError(
                f"a secret in the database cannot be decrypted with the key in {self._file}",
                hint="put back the key file that belongs to this database, or set the secret anew",
            ) from error

    def _open(self, *, may_create: bool) -> MultiFernet:
        if self._fernet is None:
            from cryptography.fernet import Fernet, MultiFernet

            try:
                lines = self._file.read_text().split()
            except FileNotFoundError:
                if not may_create:
                    raise HomeError(
                        f"the database holds secrets, but their key {self._file} is gone",
                        hint="put the key file back, or delete the secrets and set them anew",
                    ) from None
                lines = [self._create(Fernet.generate_key().decode())]
            try:
                self._fernet = MultiFernet([Fernet(line) for line in lines])
            except ValueError as error:
                raise HomeError(f"{self._file} holds no valid key", hint="put back the right file") from error
        return self._fernet

    def _create(self, key: str) -> str:
        """Two processes may do this at once: the file of whoever came first counts."""
        try:
            descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._file.read_text().split()[0]
        with os.fdopen(descriptor, "w") as stream:
            stream.write(key + "\n")
        return key
