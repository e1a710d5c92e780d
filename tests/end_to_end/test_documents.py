"""DAG files of the documents that users come from load and run to success unmodified."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Place

FOLDER = Path(__file__).parents[1] / "data" / "documents"
DOCUMENTS = [
    pytest.param(file, id=file.stem, marks=[pytest.mark.slow] if "sklearn" in file.read_text() else [])
    for file in sorted(FOLDER.glob("*.py"))
]


@pytest.mark.parametrize("file", DOCUMENTS)
def test_a_document_runs_unmodified(place: Place, file: Path) -> None:
    _write_numbers(place.folder / "data.csv", rows=200)
    _write_numbers(place.folder / "raw.csv", rows=1_500)

    ended = place.run(file, DOCUMENTS_SCRATCH=str(place.folder), OMP_NUM_THREADS="1")

    assert ended.code == 0, ended.output


def _write_numbers(file: Path, rows: int) -> None:
    """Two features and a `target` that follows from them."""
    numbers = random.Random(7)
    lines = ["a,b,target"]
    for _ in range(rows):
        a, b = numbers.random(), numbers.random()
        lines.append(f"{a:.4f},{b:.4f},{int(a + b > 1)}")
    file.write_text("\n".join(lines) + "\n")
