"""Google Secret Manager over its REST API, with the names that Airflow's CloudSecretManagerBackend uses. Signs in as
the machine's own service account, or with the key file in $GOOGLE_APPLICATION_CREDENTIALS.

Source: https://cloud.google.com/secret-manager/docs/reference/rest, RFC 7523 (a signed JWT for an access token)"""

from __future__ import annotations

import base64
import os
import re
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct

from tradewind.model.errors import ConfigurationError
from tradewind.secret_backends.base import NOT_HERE, Kind, SecretBackendError
from tradewind.secret_backends.http import Http
from tradewind.settings import SecretsSetting

API = "https://secretmanager.googleapis.com"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"
METADATA = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token"
EARLY_SECONDS = 60.0
_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")


class _Account(Struct, frozen=True):
    """A service account's key file."""

    client_email: str
    private_key: str
    token_uri: str = "https://oauth2.googleapis.com/token"
    project_id: str = ""


class GcpBackend:
    name = "Google Secret Manager"

    def __init__(self, chosen: SecretsSetting) -> None:
        self._account = _account()
        self._project = chosen.project or (self._account.project_id if self._account else "")
        if not self._project:
            raise ConfigurationError("the back end gcp of `secrets` has no project", hint="give `project`")
        self._url = (chosen.url or API).rstrip("/")
        self._http = Http(self.name, chosen.timeout_seconds)
        self._prefixes = {
            "variables": chosen.variables or "airflow-variables",
            "connections": chosen.connections or "airflow-connections",
        }
        self._token: tuple[float, str] = (0.0, "")

    def get(self, kind: Kind, key: str) -> str | None:
        prefix = self._prefixes[kind]
        name = f"{prefix}-{key}"
        if prefix == NOT_HERE or not _NAME.fullmatch(name):
            return None
        url = f"{self._url}/v1/projects/{quote(self._project, safe='')}/secrets/{name}/versions/latest:access"
        found = self._http.json("GET", url, headers={"authorization": f"Bearer {self._access_token()}"})
        if found is None:
            return None
        try:
            return base64.b64decode(found["payload"]["data"]).decode()
        except (KeyError, TypeError, ValueError) as error:
            raise SecretBackendError(f"{self.name}'s answer holds no text") from error

    def _access_token(self) -> str:
        if time.monotonic() >= self._token[0]:
            if self._account is None:
                found = self._http.json("GET", METADATA, headers={"Metadata-Flavor": "Google"})
            else:
                fields = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self._signed()}
                headers = {"content-type": "application/x-www-form-urlencoded"}
                found = self._http.json("POST", self._account.token_uri, headers=headers, body=urlencode(fields))
            if not found or "access_token" not in found:
                raise SecretBackendError(f"{self.name} gave no access token", hint="look at the service account")
            lasts = float(found.get("expires_in", 300)) - EARLY_SECONDS
            self._token = (time.monotonic() + lasts, str(found["access_token"]))
        return self._token[1]

    def _signed(self) -> str:
        import jwt  # with cryptography: only with a key file

        assert self._account is not None, "only with a key file"
        now = int(time.time())
        claims = {
            "iss": self._account.client_email,
            "scope": SCOPE,
            "aud": self._account.token_uri,
            "iat": now,
            "exp": now + 600,
        }
        return jwt.encode(claims, self._account.private_key, algorithm="RS256")


def _account() -> _Account | None:
    path = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if not path:
        return None
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=_Account)
    except (OSError, msgspec.MsgspecError) as error:
        raise ConfigurationError(
            f"$GOOGLE_APPLICATION_CREDENTIALS, {path}, is no key file of a service account",
            hint="other kinds of it are not taken here; on Google's machines leave it unset",
        ) from error
