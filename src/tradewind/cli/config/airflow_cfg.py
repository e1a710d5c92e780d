"""`tradewind config import`: the settings that an airflow.cfg amounts to, and the reason for each that it does not."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ParserError
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from tradewind import settings as settings_module
from tradewind.cli.config.airflow_composed import composed
from tradewind.cli.config.airflow_renames import REMOVED, RENAMED
from tradewind.cli.config.airflow_table import MEANS, REASONS
from tradewind.cli.output import output_option, print_rows
from tradewind.model.errors import ConfigurationError


class Option(Struct, frozen=True):
    """One option of an airflow.cfg and what became of it: `outcome` is `imported`, `default`, `refused`, `no meaning`
    or `unknown`."""

    option: str
    value: str
    outcome: str
    setting: str = ""
    imported: Any = None
    why: str = ""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="AIRFLOW_CFG")
@click.option("--into", type=click.Path(dir_okay=False, path_type=Path), help="Default: HOME/tradewind.toml.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@output_option
def import_config(file: Path, into: Path | None, dry_run: bool, output: str) -> None:
    """Write the settings of an airflow.cfg (of Airflow 1.10, 2 or 3) into a tradewind.toml.

    Settings that the file has already are left alone. Options without a meaning here are named with the reason.
    """
    target = into or settings_module.load().home / "tradewind.toml"
    options = interpreted(read_cfg(file))
    wanted = {one.setting: one.imported for one in options if one.outcome == "imported"}
    known = _existing(target)
    new = {name: value for name, value in wanted.items() if name not in known}
    _check(new)
    if new and not dry_run:
        _append(target, new, file)
    if output != "table":
        print_rows([_row(one) for one in options], output)
        return
    _tell(options, known)
    verb = "would be written" if dry_run else "written"
    click.echo(f"\n{len(new)} settings {verb} to {target}" if new else "\nnothing to write")


def read_cfg(file: Path) -> dict[str, str]:
    """`section.key` → value, `{AIRFLOW_HOME}` filled in. Raises ConfigurationError naming the line."""
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(file.read_text(encoding="utf-8-sig"), source=str(file))
    except (ParserError, OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} cannot be read as an airflow.cfg: {error}") from error
    home = os.environ.get("AIRFLOW_HOME") or str(file.absolute().parent)
    return {
        f"{section}.{key}": value.replace("%%", "%").replace("{AIRFLOW_HOME}", home)
        for section in parser.sections()
        for key, value in parser[section].items()
    }


def interpreted(options: Mapping[str, str]) -> list[Option]:
    """What each option means here; of an old and a new name of the same, the new one counts."""
    found: list[Option] = []
    by_new = {_today(name): value.strip() for name, value in options.items() if name == _today(name)}
    by_new = {_today(name): value.strip() for name, value in options.items()} | by_new
    for name, value in options.items():
        new = _today(name)
        if new != name and new in options:
            found.append(Option(name, value, "no meaning", why=f"{new} is set, too, and is the newer name of it"))
        else:
            found.append(_together(name, new, value.strip(), by_new) or _interpret(name, new, value.strip()))
    return found


def _together(name: str, new: str, value: str, options: Mapping[str, str]) -> Option | None:
    found = composed(new, options)
    if found is None:
        return None
    outcome = "imported" if found.setting else "no meaning"
    return Option(name, value, outcome, found.setting, found.value, found.why)


def _interpret(name: str, new: str, value: str) -> Option:
    meaning = MEANS.get(new)
    if meaning is None:
        reason = REASONS.get(new) or REASONS.get(new.rpartition(".")[0])
        if reason is None:
            return Option(name, value, "unknown", why="Airflow 3 has no such section" if name not in REMOVED else "")
        return Option(name, value, "no meaning", why=reason)
    if not value or (meaning.default is not None and value.lower() == meaning.default.lower()):
        return Option(name, value, "default", meaning.name, why="Airflow's default: ours is meant to fit, too")
    try:
        return Option(name, value, "imported", meaning.name, meaning.convert(value))
    except ValueError as error:
        return Option(name, value, "refused", meaning.name, why=str(error))


def _today(name: str) -> str:
    """Some were moved twice."""
    seen = {name}
    while name not in MEANS and (new := RENAMED.get(name)) is not None and new not in seen:
        seen.add(new)
        name = new
    return name


def _existing(target: Path) -> dict[str, Any]:
    try:
        with target.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{target} cannot be read: {error}") from error


def _check(new: Mapping[str, Any]) -> None:
    """Raises ConfigurationError where a value does not fit its setting, before anything is written."""
    settings_module.load({}, overrides={**new, "home": "."})


def _append(target: Path, new: Mapping[str, Any], source: Path) -> None:
    lines = [f"{name} = {_as_toml(value)}\n" for name, value in new.items()]
    is_secret = "smtp_password" in new
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.read_text(encoding="utf-8") if target.exists() else ""
    gap = "\n" if old else ""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(f"{old}{gap}# From {source.absolute()}\n{''.join(lines)}")
    if is_secret:
        target.chmod(0o600)
        click.secho(f"warning: {target} holds the SMTP password in clear text; only you can read it", err=True)


def _as_toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # texts, numbers and booleans are written alike in both


def _tell(options: list[Option], known: Mapping[str, Any]) -> None:
    for one in options:
        if one.outcome == "imported":
            kept = f"  (left as it is: {known[one.setting]!r})" if one.setting in known else ""
            shown = "***" if "password" in one.setting else one.imported
            click.echo(f"{one.option} → {one.setting} = {shown}{kept}")
    for one in options:
        if one.outcome in ("refused", "unknown"):
            click.secho(f"{one.option} = {one.value}: {one.outcome}{': ' + one.why if one.why else ''}", fg="yellow")
    by_reason: dict[str, list[str]] = {}
    for one in options:
        if one.outcome == "no meaning":
            by_reason.setdefault(one.why, []).append(one.option)
    for reason, names in by_reason.items():
        click.secho(f"no meaning here: {reason}", dim=True)
        click.echo(f"  {', '.join(names)}")
    if defaults := [one.option for one in options if one.outcome == "default"]:
        click.secho("at Airflow's default, so that ours holds:", dim=True)
        click.echo(f"  {', '.join(defaults)}")


def _row(one: Option) -> dict[str, Any]:
    is_secret = any(word in one.option for word in ("password", "key", "secret", "conn", "token", "broker_url"))
    shown = "***" if is_secret and one.value else one.value
    imported = "***" if "password" in one.setting and one.imported else one.imported
    return {
        "option": one.option,
        "value": shown,
        "outcome": one.outcome,
        "setting": one.setting,
        "imported": imported,
        "why": one.why,
    }
