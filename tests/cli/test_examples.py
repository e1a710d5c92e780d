"""The examples below `--help` are commands that there are, typed as they are understood."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from tradewind.cli.examples import EXAMPLES
from tradewind.cli.main import tradewind

from .conftest import Call


@pytest.mark.parametrize(("path", "line"), [(path, line) for path, lines in EXAMPLES.items() for line in lines])
def test_an_example_is_understood(path: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("airflow.cfg", "variables.json", "connections.yaml"):
        (tmp_path / name).touch()
    assert line.startswith(path)
    command: click.Command = tradewind
    context = click.Context(tradewind, info_name="tradewind", **tradewind.context_settings)
    words = shlex.split(line)
    for name in path.split():
        assert isinstance(command, click.Group)
        found = command.get_command(context, name)
        assert found is not None, name
        command, context = found, click.Context(found, context, info_name=words.pop(0))
    command.make_context(command.name, words, context.parent)


def test_help_shows_them(call: Call) -> None:
    for words, line in (
        (("runs", "fork"), "  tradewind runs fork train --from fit -p rate=0.05\n"),
        (("pools", "set"), "  tradewind pools set gpu 2 'one for each card'\n"),
        (("why",), "Examples:\n    tradewind why train\n    tradewind why train fit\n"),
    ):
        assert line in call(*words, "--help").out
