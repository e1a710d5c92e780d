"""What the registry knows: versions, and which of them an alias or a text means."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from tradewind.ml.tracking.database import make_database
from tradewind.ml.tracking.models import ModelError
from tradewind.ml.tracking.outage import is_up
from tradewind.ml.tracking.parent import literal
from tradewind.ml.tracking.place import Place, mlflow_module

CHAMPION, CHALLENGER, ARCHIVED = "champion", "challenger", "archived"
PREFIX = "models:/"


class Version(Struct, frozen=True):
    name: str
    version: str
    source: str
    run_id: str
    aliases: tuple[str, ...]
    created_at_milliseconds: int
    tags: dict[str, str]
    description: str = ""


class Registry:
    """Of one place. Raises ModelError for what is not there, and where its server is down."""

    def __init__(self, place: Place) -> None:
        self.place = place
        if place.is_server and not is_up(place.uri):
            raise ModelError(
                f"the MLflow server {place.uri} is down: its registry cannot be asked",
                hint="models wait for it, other than what is logged: let the task be tried again (retries=…)",
            )
        make_database(place, place.uri, place.artifact_folder.as_uri() if place.uri == place.embedded_uri else None)
        self.client = mlflow_module().MlflowClient(tracking_uri=place.uri, registry_uri=place.uri)

    def names(self) -> list[str]:
        return [one.name for one in _pages(self.client.search_registered_models)]

    def aliases(self, name: str) -> dict[str, str]:
        """Alias → version. Raises ModelError where there is no such model."""
        with _told(name):
            return {alias: str(number) for alias, number in self.client.get_registered_model(name).aliases.items()}

    def versions(self, name: str) -> list[Version]:
        """Newest first."""
        aliases = self.aliases(name)
        with _told(name):
            found = _pages(self.client.search_model_versions, f"name = {literal(name)}")
        read = [_version(one, aliases) for one in found]
        return sorted(read, key=lambda one: int(one.version), reverse=True)

    def version(self, name: str, which: str) -> Version:
        """By number or alias."""
        aliases = self.aliases(name)
        number = aliases.get(which, which)
        if not number.isdigit():
            known = ", ".join(sorted(aliases)) or "none"
            raise ModelError(f"model {name!r} has no alias {which!r}", hint=f"its aliases: {known}")
        with _told(name, number):
            return _version(self.client.get_model_version(name, number), aliases)

    def champion(self, name: str) -> str:
        """Its version; "" where there is none yet, or no such model."""
        if name not in self.names():
            return ""
        return self.aliases(name).get(CHAMPION, "")


def _version(found: Any, aliases: dict[str, str]) -> Version:
    number = str(found.version)
    return Version(
        name=found.name,
        version=number,
        source=found.source or "",
        run_id=found.run_id or "",
        aliases=tuple(sorted(alias for alias, of in aliases.items() if of == number)),
        created_at_milliseconds=int(found.creation_timestamp or 0),
        tags=dict(found.tags or {}),
        description=found.description or "",
    )


def _pages(search: Any, *arguments: Any) -> list[Any]:
    found: list[Any] = []
    token: str | None = None
    while True:
        page = search(*arguments, page_token=token)
        found += page
        token = page.token
        if not token:
            return found


@contextmanager
def _told(name: str, version: str = "") -> Generator[None]:
    """What is not there is said in our words."""
    try:
        yield
    except mlflow_module("mlflow.exceptions").MlflowException as error:
        if error.error_code != "RESOURCE_DOES_NOT_EXIST":
            raise ModelError(f"the registry said about {name!r}: {error}") from error
        what = f"version {version} of model {name!r}" if version else f"model {name!r}"
        raise ModelError(f"there is no {what} in the registry", hint="see `tradewind models list`") from error
