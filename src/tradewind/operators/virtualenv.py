"""Runs Python functions in a virtual environment that is made for them."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from tradewind.authoring.connections import Connection
from tradewind.hooks.subprocess import SubprocessHook
from tradewind.operators.branch import BranchMixIn
from tradewind.operators.isolated_python import IsolatedPythonOperator
from tradewind.operators.python import PythonOperator
from tradewind.operators.virtual_environments import Environment, python_of


class PythonVirtualenvOperator(IsolatedPythonOperator):
    """Runs the function in a virtual environment with `requirements`: a list, a text with one a line, or the path of a
    requirements file. Environments are kept, under `venv_cache_path` or in the home folder."""

    template_fields = ("requirements", "index_urls", "venv_cache_path", *PythonOperator.template_fields)
    template_ext = (".txt",)

    def __init__(
        self,
        *,
        requirements: str | Collection[str] | None = None,
        python_version: str | None = None,
        system_site_packages: bool = True,
        pip_install_options: Sequence[str] | None = None,
        index_urls: str | Collection[str] | None = None,
        index_urls_from_connection_ids: str | Collection[str] | None = None,
        venv_cache_path: str | os.PathLike[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.requirements = requirements if isinstance(requirements, str) else list(requirements or ())
        self.python_version = python_version
        self.system_site_packages = system_site_packages
        self.pip_install_options = list(pip_install_options or ())
        self.index_urls = [index_urls] if isinstance(index_urls, str) else index_urls
        ids = index_urls_from_connection_ids
        self.index_urls_from_connection_ids = [ids] if isinstance(ids, str) else ids
        self.venv_cache_path = venv_cache_path

    def interpreter(self, hook: SubprocessHook) -> str:
        cache = Path(self.venv_cache_path) if self.venv_cache_path else None
        return python_of(self._environment(), hook, cache)

    def _environment(self) -> Environment:
        urls = self._index_urls()
        return Environment(
            requirements=tuple(self._requirements()),
            python_version=(self.python_version or "").removeprefix("python"),
            system_site_packages=self.system_site_packages,
            pip_install_options=tuple(self.pip_install_options),
            index_urls=None if urls is None else tuple(urls),
        )

    def _requirements(self) -> list[str]:
        text = self.requirements
        if isinstance(text, str) and "\n" not in text and text.endswith(".txt"):
            text = Path(text).read_text(encoding="utf-8")
        lines = text.splitlines() if isinstance(text, str) else [str(item) for item in text]
        wanted = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if self.serializer != "pickle" and not any(line.startswith(self.serializer) for line in wanted):
            wanted.append(self.serializer)
        return wanted

    def _index_urls(self) -> list[str] | None:
        if self.index_urls is None and not self.index_urls_from_connection_ids:
            return None
        ids = self.index_urls_from_connection_ids or ()
        return [*(self.index_urls or ()), *(index_url(Connection.get(conn_id)) for conn_id in ids)]


class BranchPythonVirtualenvOperator(BranchMixIn, PythonVirtualenvOperator):
    """Branches by what the function returns, which runs in a virtual environment."""

    inherits_from_skipmixin = True

    def execute(self, context: Any) -> Any:
        return self.do_branch(context, super().execute(context))


def index_url(connection: Connection) -> str:
    """The package index of a connection, its login in the URL."""
    parts = urlsplit(connection.host or "")
    login = quote(connection.login or "", safe="")
    password = f":{quote(connection.password, safe='')}" if connection.password else ""
    netloc = f"{login}{password}@{parts.netloc}" if login or password else parts.netloc
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
