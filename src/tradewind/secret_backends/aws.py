"""AWS Secrets Manager and the Parameter Store, with the names that Airflow's back ends use. Needs the extra `aws`."""

from __future__ import annotations

from typing import Any

from tradewind.secret_backends.base import NOT_HERE, Kind, SecretBackendError
from tradewind.settings import SecretsSetting

MISSING = frozenset({"ResourceNotFoundException", "ParameterNotFound", "InvalidRequestException"})
"""The last: it is marked for deletion."""


class _Aws:
    service = ""
    name = ""

    def __init__(self, chosen: SecretsSetting, folders: dict[Kind, str]) -> None:
        import boto3  # pyright: ignore[reportMissingTypeStubs]
        from botocore.config import Config  # pyright: ignore[reportMissingTypeStubs]

        seconds = chosen.timeout_seconds
        limits = Config(connect_timeout=seconds, read_timeout=seconds, retries={"total_max_attempts": 1})
        self._client: Any = boto3.client(  # pyright: ignore[reportUnknownMemberType]
            self.service,  # pyright: ignore[reportArgumentType]
            region_name=chosen.region or None,
            endpoint_url=chosen.url or None,
            config=limits,
        )
        self._folders: dict[Kind, str] = {
            "variables": chosen.variables or folders["variables"],
            "connections": chosen.connections or folders["connections"],
        }

    def get(self, kind: Kind, key: str) -> str | None:
        from botocore.exceptions import BotoCoreError, ClientError  # pyright: ignore[reportMissingTypeStubs]

        if self._folders[kind] == NOT_HERE:
            return None
        try:
            return self._fetch(f"{self._folders[kind].rstrip('/')}/{key}")
        except ClientError as error:
            answer: Any = error.response  # pyright: ignore[reportUnknownMemberType]
            code = str(answer.get("Error", {}).get("Code", ""))
            if code in MISSING or code == "ValidationException":  # no secret can have such a name
                return None
            raise SecretBackendError(
                f"{self.name} refused to tell a secret: {code}", hint="look at the rights of this machine's role"
            ) from error
        except BotoCoreError as error:
            raise SecretBackendError(
                f"{self.name} cannot be asked: {error}", hint="look at region and access"
            ) from error

    def _fetch(self, name: str) -> str | None:
        raise NotImplementedError


class SecretsManager(_Aws):
    service = "secretsmanager"
    name = "AWS Secrets Manager"

    def __init__(self, chosen: SecretsSetting) -> None:
        super().__init__(chosen, {"variables": "airflow/variables", "connections": "airflow/connections"})

    def _fetch(self, name: str) -> str | None:
        found = self._client.get_secret_value(SecretId=name)
        if "SecretString" in found:
            return found["SecretString"]
        return found["SecretBinary"].decode()


class ParameterStore(_Aws):
    service = "ssm"
    name = "AWS Parameter Store"

    def __init__(self, chosen: SecretsSetting) -> None:
        super().__init__(chosen, {"variables": "/airflow/variables", "connections": "/airflow/connections"})

    def _fetch(self, name: str) -> str | None:
        return self._client.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
