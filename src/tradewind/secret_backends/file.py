"""Secrets in files, as Airflow's LocalFilesystemBackend reads them: JSON, YAML or lines of KEY=value. Read again when
they change, such as when Kubernetes renews a mounted secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import msgspec

from tradewind.secret_backends.base import NOT_HERE, Kind, SecretBackendError
from tradewind.settings import SecretsSetting


class FileBackend:
    name = "file"

    def __init__(self, chosen: SecretsSetting) -> None:
        self._files = {"variables": chosen.variables, "connections": chosen.connections}
        self._read: dict[str, tuple[int, dict[str, Any]]] = {}

    def get(self, kind: Kind, key: str) -> str | None:
        path = self._files[kind]
        if path in ("", NOT_HERE):
            return None
        value = self._content(Path(path).expanduser()).get(key)
        if value is None or isinstance(value, str):
            return value
        return msgspec.json.encode(value).decode()

    def _content(self, file: Path) -> dict[str, Any]:
        try:
            stamp = file.stat().st_mtime_ns
            known = self._read.get(str(file))
            if known is None or known[0] != stamp:
                known = self._read[str(file)] = (stamp, _parsed(file))
            return known[1]
        except OSError as error:
            raise SecretBackendError(
                f"the secrets file {file} cannot be read: {error.strerror}", hint="look at the setting `secrets`"
            ) from error


def _parsed(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8")
    found: Any
    try:
        if file.suffix == ".json":
            found = msgspec.json.decode(text)
        elif file.suffix in (".yaml", ".yml"):
            found = msgspec.yaml.decode(text)
        else:
            pairs = (line.partition("=") for line in map(str.strip, text.splitlines()))
            found = {key.strip(): value.strip() for key, mark, value in pairs if mark and not key.startswith("#")}
    except msgspec.MsgspecError:
        found = None
    if not isinstance(found, dict):
        raise SecretBackendError(f"the secrets file {file} is not what its ending says", hint="it is a map of names")
    return cast("dict[str, Any]", found)
