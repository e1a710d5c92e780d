"""Every `tradewind …` in the documentation is a command line that the command line takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from tests.docs.pages import command_lines
from tradewind.cli.main import tradewind

LINES = sorted(set(command_lines()))


def test_there_are_some():
    assert len({line for _, line, _ in LINES}) > 40


@pytest.mark.parametrize(("where", "line", "whole"), LINES, ids=[f"{where}: {line}" for where, line, _ in LINES])
def test_command_line_parses(where: str, line: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    arguments = _arguments(line)
    for name in (word.removeprefix("@") for word in arguments):  # what a command reads has to be there
        if re.fullmatch(r"[\w./]+\.(json|cfg|py|toml|yaml|env)", name):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text("{}")
    try:
        _parse(tradewind, arguments)
    except click.MissingParameter:
        assert not whole, f"{where}: {line!r} lacks an argument"


def _arguments(line: str) -> list[str]:
    """Its words, without a comment, a pipe, a redirection, and the `…` that stands for the rest."""
    words = shlex.split(line, comments=True)
    for end in ("|", ">", "&&", "<"):
        words = words[: words.index(end)] if end in words else words
    return [word for word in words[1:] if word not in ("…", "[…]")]


def _parse(command: click.Command, arguments: list[str], parent: click.Context | None = None) -> None:
    """As click does it, but nothing is called. A group without a command is fine: it prints its help."""
    try:
        with command.make_context(command.name, list(arguments), parent=parent) as context:
            if isinstance(command, click.Group):
                rest = [*context._protected_args, *context.args]
                if not rest:
                    return
                name, below, left = command.resolve_command(context, rest)
                assert below is not None, name
                _parse(below, left, context)
    except (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
        return
