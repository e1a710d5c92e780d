"""Files of variables, connections and pools, in Airflow's formats: JSON, YAML, and .env (NAME=value a line)."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, cast

import click

from tradewind.authoring.secrets import MASK
from tradewind.model.errors import ConfigurationError

FORMATS = ("json", "yaml", "env")
ENDINGS = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".env": "env"}


def format_of(file: str, form: str | None = None) -> str:
    """Raises ConfigurationError for an ending that says none, where `form` does not either."""
    found = form or ENDINGS.get(Path(file).suffix.lower()) or ("json" if file == "-" else None)
    if found is None and Path(file).name == ".env":
        found = "env"
    if found is None:
        raise ConfigurationError(
            f"{file}: its ending does not say what it is", hint=f"use {', '.join(ENDINGS)}, or --file-format"
        )
    return found


def read_file(file: str, form: str | None = None) -> dict[str, Any]:
    """The mapping a file holds; of a .env file the values are texts. `-` is standard input.

    Raises ConfigurationError naming the line."""
    chosen = format_of(file, form)
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} cannot be read: {error}") from error
    if chosen == "env":
        return _read_env(file, text)
    found = _read_yaml(file, text) if chosen == "yaml" else _read_json(file, text)
    if not isinstance(found, dict):
        raise ConfigurationError(f"{file} has to hold a mapping of names to values", hint='e.g. {"name": "value"}')
    return {str(name): value for name, value in cast("dict[Any, Any]", found).items()}


def write_file(file: str, form: str | None, data: dict[str, Any], *, is_secret: bool) -> None:
    """`-` is standard output. A secret file can be read by its owner only, and whoever wrote it is told."""
    chosen = format_of(file, form)
    text = _as_text(data, chosen)
    if file == "-":
        click.echo(text, nl=False)
        return
    try:
        if is_secret:
            Path(file).unlink(missing_ok=True)  # an old file would keep its permissions
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(file, flags, 0o600 if is_secret else 0o644), "w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}") from error
    if is_secret:
        click.secho(f"warning: {file} holds secrets in clear text; only you can read it", fg="yellow", err=True)


def warn_of_masks() -> None:
    """For what was exported from afar."""
    text = f"a server hands out no secrets: where {MASK} stands, there is one, and importing this would replace it"
    click.secho(f"warning: {text}", fg="yellow", err=True)


def _as_text(data: dict[str, Any], form: str) -> str:
    if form == "env":
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in data.items()}
        return "".join(f"{name}={_one_line(value)}\n" for name, value in texts.items())
    if form == "yaml":
        import yaml  # only for this kind of file

        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    return json.dumps(data, indent=4, ensure_ascii=False) + "\n"


def _one_line(value: str) -> str:
    if "\n" in value:
        raise ConfigurationError("a value of several lines cannot stand in a .env file", hint="write JSON or YAML")
    return value


def _read_env(file: str, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        name, equals, value = content.partition("=")
        if not equals or not name.strip():
            raise ConfigurationError(f"{file}:{number}: not NAME=value")
        found[name.strip()] = value.strip()
    return found


def _read_json(file: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"{file}:{error.lineno}: not JSON: {error.msg}") from error


def _read_yaml(file: str, text: str) -> Any:
    import yaml  # only for this kind of file

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{file}: not YAML: {error}") from error
