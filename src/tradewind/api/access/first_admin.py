"""The first start makes an administrator with a random password: nobody is let in without one, ever."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from tradewind.api.access.passwords import hash_of, random_password
from tradewind.api.access.roles import ADMIN
from tradewind.model.people import NewUser
from tradewind.store.base import Store
from tradewind.store.folder import make_folder

NAME = "admin"
FILE = "admin-password"


def make_first_admin(store: Store, home: Path, now: datetime) -> str | None:
    """The password, which is also in <home>/admin-password until it is changed; None where there is an administrator
    already."""
    if any(ADMIN in user.roles for user in store.users()):
        return None
    password = random_password()
    user = NewUser(name=NAME, roles=(ADMIN,), password_hash=hash_of(password), must_change_password=True)
    if store.create_first_user(user, now=now) is None:
        return None
    _write(home, password)
    return password


def forget_password_file(home: Path) -> None:
    """Once it has been changed."""
    (home / FILE).unlink(missing_ok=True)


def _write(home: Path, password: str) -> None:
    make_folder(home)
    file = home / FILE
    file.unlink(missing_ok=True)  # of an earlier database; and its mode, whatever it was
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(password + "\n")
