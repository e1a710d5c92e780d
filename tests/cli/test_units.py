"""The units for systemd name commands that exist, give a stop the time it takes, and are what systemd accepts."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tradewind.cli.main import COMMANDS
from tradewind.settings import load

FOLDER = Path(__file__).parents[2] / "deploy" / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
PROGRAM = "/opt/tradewind/bin/tradewind"


def read(unit: Path) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # pyright: ignore[reportAttributeAccessIssue]
    parsed.read(unit)
    return parsed


def test_every_part_has_a_unit() -> None:
    started = {read(unit)["Service"]["ExecStart"] for unit in UNITS}
    parts = {"scheduler", "dag-processor", "triggerer", "api-server"}
    assert started == {f"{PROGRAM} {part}" for part in {"standalone", *parts}}
    target = read(FOLDER / "tradewind.target")["Unit"]["Wants"].split()
    assert set(target) == {f"tradewind-{part}.service" for part in parts}
    assert set(read(FOLDER / "tradewind.service")["Unit"]["Conflicts"].split()) == set(target)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_and_lets_its_tasks_end(unit: Path, tmp_path: Path) -> None:
    service = read(unit)["Service"]
    program, command = service["ExecStart"].split()
    assert program == PROGRAM
    assert command in COMMANDS
    assert service["KillMode"] == "mixed", "SIGTERM is for the service; its tasks are told by it"
    settings = load({"TRADEWIND_HOME": str(tmp_path)}, cwd=tmp_path)
    assert float(service["TimeoutStopSec"]) > settings.stop_timeout_seconds + settings.kill_grace_seconds


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """With a program that is there, and a user."""
    units: list[str] = []
    for unit in [*UNITS, FOLDER / "tradewind.target"]:
        text = unit.read_text().replace(PROGRAM, sys.executable).replace("User=tradewind", "User=root")
        (tmp_path / unit.name).write_text(text)
        units.append(str(tmp_path / unit.name))
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", *units], capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, [line for line in ended.stderr.splitlines() if str(tmp_path) in line]) == (0, [])
