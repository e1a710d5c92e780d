"""Which server commands talk to, if any: TRADEWIND_URL and TRADEWIND_TOKEN, or what `tradewind login` kept."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from tradewind.model.errors import ConfigurationError, TradewindError

URL, TOKEN = "TRADEWIND_URL", "TRADEWIND_TOKEN"
FILE = "login.json"


class Remote(Struct, frozen=True):
    url: str
    """Without a slash at its end."""
    token: str
    origin: str = ""
    """What says so: the environment variable, or the file."""


def remote(home: Path | None = None) -> Remote | None:
    """None: commands work on this machine's home. An empty TRADEWIND_URL means that, whatever login there is.

    Raises ConfigurationError for an address that is none, or without a token."""
    url = os.environ.get(URL)
    if url is not None:
        return _from_environment(url.strip(), home) if url.strip() else None
    return kept(home)


def kept(home: Path | None = None) -> Remote | None:
    """What `tradewind login` kept in the home."""
    file = login_file(home)
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Remote)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise ConfigurationError(
            f"{file} cannot be read: {error}", hint="tradewind logout, then log in anew"
        ) from error
    return Remote(checked(found.url), found.token, str(file))


def keep(found: Remote, home: Path | None = None) -> Path:
    """Readable by this user alone."""
    file = login_file(home)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            file.unlink()
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(msgspec.json.encode({"url": found.url, "token": found.token}))
    except OSError as error:
        raise TradewindError(f"the login cannot be kept in {file}: {error.strerror or error}") from error
    return file


def login_file(home: Path | None = None) -> Path:
    named = os.environ.get("TRADEWIND_HOME")
    return (home or (Path(named).expanduser() if named else Path.home() / ".tradewind")) / FILE


def checked(url: str) -> str:
    """Raises ConfigurationError."""
    if not url.startswith(("http://", "https://")) or len(url.partition("//")[2]) < 1:
        raise ConfigurationError(f"{url!r} is no address of a server", hint="e.g. https://tradewind.example.com")
    return url.rstrip("/")


def _from_environment(url: str, home: Path | None) -> Remote:
    address = checked(url)
    token = os.environ.get(TOKEN, "").strip()
    if not token and (known := kept(home)) is not None and known.url == address:
        token = known.token
    if not token:
        raise ConfigurationError(
            f"{URL} is set, but there is no token for {address}", hint=f"set {TOKEN}, or: tradewind login {address}"
        )
    return Remote(address, token, URL)
