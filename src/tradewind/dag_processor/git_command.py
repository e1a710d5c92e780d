"""Calls `git`, with the credentials of a connection in its environment, where no list of processes shows them."""

from __future__ import annotations

import base64
import os
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.records import ConnectionRecord
from tradewind.settings import BundleSetting
from tradewind.store.base import Store

TIMEOUT_SECONDS = 300.0
_SECRET_IN_URL = re.compile(r"(?<=://)[^/@\s]+@")
QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
"""Nobody is there to be asked for a password."""


class GitError(TradewindError):
    """git could not do what the bundle needs."""


class Credentials(Struct, frozen=True):
    environment: Mapping[str, str]
    secrets: tuple[str, ...] = ()
    """Never to be shown."""


def run_git(arguments: Sequence[str], credentials: Credentials) -> str:
    """What it prints. Raises GitError with its own words, secrets masked."""
    environment = {**os.environ, "GIT_SSH_COMMAND": "ssh -o BatchMode=yes", **QUIET, **credentials.environment}
    for name in ("GIT_DIR", "GIT_WORK_TREE"):
        environment.pop(name, None)
    try:
        done = subprocess.run(
            ["git", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise GitError("there is no git command on this machine", hint="install git") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {TIMEOUT_SECONDS:g} seconds", hint="is the network up?") from None
    if done.returncode != 0:
        raise GitError(
            _masked(done.stderr.strip() or f"git ended with exit code {done.returncode}", credentials.secrets)
        )
    return done.stdout


def credentials_of(bundle: BundleSetting, store: Store, home: Path) -> Credentials:
    """Of the bundle's connection: login and password (or a token as password) for https, a key for ssh.

    Raises NotFoundError where there is no such connection."""
    if not bundle.connection:
        return Credentials({})
    found = _from_environment(bundle.connection) or store.get_connection(bundle.connection)
    if found is None:
        raise NotFoundError(
            f"the bundle {bundle.name!r} names the connection {bundle.connection!r}, which is not there",
            hint=f"add it: tradewind connections set {bundle.connection} …",
        )
    extra: dict[str, object] = msgspec.json.decode(found.extra) if found.extra else {}
    environment: dict[str, str] = {}
    secrets: list[str] = []
    if found.password:
        header = base64.b64encode(f"{found.login or 'x-access-token'}:{found.password}".encode()).decode()
        secrets += [found.password, header]
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {header}",
        }
    if key_file := _key_file(bundle, extra, home):
        checks = "accept-new" if extra.get("strict_host_key_checking") is not False else "no"
        environment["GIT_SSH_COMMAND"] = (
            f"ssh -i {shlex.quote(key_file)} -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking={checks}"
        )
    return Credentials(environment, tuple(secrets))


def _key_file(bundle: BundleSetting, extra: Mapping[str, object], home: Path) -> str:
    if key_file := extra.get("key_file"):
        return str(Path(str(key_file)).expanduser())
    key = extra.get("private_key")
    if not key:
        return ""
    file = home / "bundles" / bundle.name / "key"
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(str(key).rstrip("\n") + "\n")
    return str(file)


def _from_environment(conn_id: str) -> ConnectionRecord | None:
    """TRADEWIND_CONN_<ID> or AIRFLOW_CONN_<ID>, as a URI."""
    from urllib.parse import unquote, urlsplit  # late: only where a connection is asked for

    for prefix in ("TRADEWIND_CONN_", "AIRFLOW_CONN_"):
        if text := os.environ.get(prefix + conn_id.upper()):
            parts = urlsplit(text)
            login, password = unquote(parts.username or ""), unquote(parts.password or "")
            return ConnectionRecord(conn_id=conn_id, conn_type=parts.scheme, login=login, password=password)
    return None


def _masked(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "***")
    return _SECRET_IN_URL.sub("***@", text)
