"""How values are written on the command line: JSON objects, NAME=VALUE, instants."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, cast

import click


def json_object(_ctx: click.Context, _param: click.Parameter, text: str | None) -> dict[str, Any]:
    """A JSON object, or `@file` holding one."""
    if not text:
        return {}
    if text.startswith("@"):
        try:
            with open(text[1:], encoding="utf-8") as stream:
                text = stream.read()
        except OSError as error:
            raise click.BadParameter(f"cannot read {text[1:]}: {error.strerror}") from error
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise click.BadParameter(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    if not isinstance(found, dict):
        raise click.BadParameter("a JSON object is wanted, e.g. '{\"name\": 1}'")
    return cast(dict[str, Any], found)


def name_and_value(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> dict[str, Any]:
    """`n=3` is a number, `name=Ada` a text: the value is JSON where it parses as such."""
    return dict(_pair(text) for text in texts)


def _pair(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def name_and_text(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    """As `name_and_value`, the value always a text."""
    for text in texts:
        _pair(text)
    return {text.partition("=")[0]: text.partition("=")[2] for text in texts}


def instant(_ctx: click.Context, _param: click.Parameter, text: str | None) -> datetime | None:
    """An ISO date or time; UTC where it names no zone."""
    if not text:
        return None
    found = parse_instant(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not an ISO date such as 2025-01-31 or 2025-01-31T06:00")
    return found


def parse_instant(text: str) -> datetime | None:
    """As `instant`; None where the text is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
