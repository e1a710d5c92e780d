"""The table of metrics names what is really said, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import tradewind
from tradewind.metrics.names import METRICS

ROOT = Path(tradewind.__file__).parent
SOURCE = "\n".join(file.read_text() for file in ROOT.rglob("*.py") if file.name != "names.py")


@pytest.mark.parametrize("name", sorted(METRICS))
def test_somebody_says_it(name: str) -> None:
    said = name.rpartition(".")[0] + ".{" if name.startswith("dagrun.duration.") else name

    assert f'"{name}"' in SOURCE or f'f"{said}' in SOURCE
