"""What is deleted with a run is below the folder for it, whatever the run is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind.purge import report_folder


@pytest.mark.parametrize("name", ["..", ".", "...", "../..", "a/../..", "/etc", "", "run ü"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    top = tmp_path / "reports"
    for found in (report_folder(tmp_path, "dag", name), report_folder(tmp_path, name, "run")):
        assert ".." not in found.parts
        assert found.resolve().is_relative_to(top)
