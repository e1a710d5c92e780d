"""HashiCorp Vault (or OpenBao), KV version 2, laid out as for Airflow's VaultBackend.

Source: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

import msgspec

from tradewind.model.errors import ConfigurationError
from tradewind.secret_backends.base import NOT_HERE, Kind, SecretBackendError
from tradewind.secret_backends.http import Http, segment
from tradewind.settings import SecretsSetting


class VaultBackend:
    name = "Vault"

    def __init__(self, chosen: SecretsSetting) -> None:
        self._url = (chosen.url or os.environ.get("VAULT_ADDR", "")).rstrip("/")
        if not self._url:
            raise ConfigurationError("the Vault of `secrets` has no url", hint="give its address, or set $VAULT_ADDR")
        self._chosen = chosen
        self._http = Http(self.name, chosen.timeout_seconds)
        self._folders = {
            "variables": chosen.variables or "variables",
            "connections": chosen.connections or "connections",
        }

    def get(self, kind: Kind, key: str) -> str | None:
        """A variable is the field `value`; a connection the field `conn_uri`, or its parts as fields."""
        folder, name = self._folders[kind], segment(key)
        if folder == NOT_HERE or name is None:
            return None
        url = f"{self._url}/v1/{self._chosen.mount.strip('/')}/data/{folder.strip('/')}/{name}"
        found = self._http.json("GET", url, headers={"X-Vault-Token": self._token()})
        if found is None:
            return None
        data: Any = found.get("data") or {}
        fields: Any = data.get("data")
        if not isinstance(fields, dict):
            return None
        return _text(
            cast("dict[str, Any]", fields), "value" if kind == "variables" else "conn_uri", whole=kind == "connections"
        )

    def _token(self) -> str:
        if self._chosen.token:
            return self._chosen.token
        file = Path(self._chosen.token_file or "~/.vault-token").expanduser()
        if not self._chosen.token_file and (token := os.environ.get("VAULT_TOKEN")):
            return token
        try:
            return file.read_text().strip()
        except OSError as error:
            raise SecretBackendError(
                f"there is no token for Vault: {file} cannot be read",
                hint="set $VAULT_TOKEN, or `token_file` in the table [[secrets]]",
            ) from error


def _text(fields: dict[str, Any], name: str, *, whole: bool) -> str | None:
    value = fields.get(name)
    if isinstance(value, str):
        return value
    if value is None:
        return msgspec.json.encode(fields).decode() if whole else None
    return msgspec.json.encode(value).decode()
