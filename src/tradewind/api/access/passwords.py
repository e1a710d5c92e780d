"""Passwords: argon2id with OWASP's parameters (19 MiB, two passes), a few at once, and rules for new ones.

Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html"""

from __future__ import annotations

import secrets
import threading
from functools import cache
from typing import TYPE_CHECKING

from tradewind.model.errors import TradewindError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_LENGTH = 8
MAX_LENGTH = 256
_AT_ONCE = threading.BoundedSemaphore(2)
"""A crowd at the door costs processor time and 19 MiB each: the others wait, and all else goes on."""


class WeakPasswordError(TradewindError):
    """A new password is too short, too long, or the user's own name."""


def random_password() -> str:
    """100 bits, without letters that look like another."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def check_new(password: str, name: str) -> None:
    """Raises WeakPasswordError."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise WeakPasswordError(
            f"a password has {MIN_LENGTH} to {MAX_LENGTH} characters", hint="a sentence is easy to keep in mind"
        )
    if password.casefold() == name.casefold():
        raise WeakPasswordError("the password is the user's name", hint="choose another one")


def hash_of(password: str) -> str:
    with _AT_ONCE:
        return _hasher().hash(password)


def is_right(password: str, password_hash: str) -> bool:
    """Takes as long for an account that is not there (`password_hash=""`): what it takes tells nobody who has one."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    with _AT_ONCE:
        try:
            return _hasher().verify(password_hash or _of_nobody(), password[: MAX_LENGTH + 1]) and bool(password_hash)
        except (Argon2Error, InvalidHashError):
            return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # a C library: only where somebody signs in

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _of_nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe())
