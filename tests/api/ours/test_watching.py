"""`tradewind watch` of a run that goes on on a server."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.api.ours.conftest import BAD, BINARY, DAGS, GOOD, tradewind
from tests.api.server import ApiServer

from tradewind.model.ids import RunKey


@pytest.mark.parametrize(("run_id", "code"), [(GOOD, 0), (BAD, 1)], ids=["a good one", "a failed one"])
def test_a_run_that_has_ended(run_id: str, code: int, shared: ApiServer, tmp_path: Path) -> None:
    done = tradewind(tmp_path, "watch", "pipeline", run_id, TRADEWIND_URL=shared.url, TRADEWIND_TOKEN=shared.token)
    assert done.returncode == code, done.stderr
    assert "score" in done.stdout
    assert (f"log: tradewind tasks logs pipeline score '{run_id}'" in done.stdout) == (code == 1)


def test_a_run_that_goes_on_is_told_to_its_end(own: ApiServer, tmp_path: Path) -> None:
    home = own.settings.home
    made = tradewind(home, "dags", "trigger", "pipeline", "--run-id", "mine")
    assert made.returncode == 0, made.stderr
    env = {name: text for name, text in os.environ.items() if not name.startswith("TRADEWIND_")}
    elsewhere = {
        **env,
        "TRADEWIND_HOME": str(tmp_path / "none"),
        "TRADEWIND_URL": own.url,
        "TRADEWIND_TOKEN": own.token,
    }
    watching = subprocess.Popen([BINARY, "watch", "pipeline", "mine"], env=elsewhere, stdout=subprocess.PIPE, text=True)
    here = {**env, "TRADEWIND_HOME": str(home), "TRADEWIND_DAGS_FOLDER": str(DAGS)}
    subprocess.run([BINARY, "runs", "resume", "pipeline", "mine", "-q"], env=here, timeout=300, check=True)
    told, _ = watching.communicate(timeout=120)
    assert watching.returncode == 0
    assert "pipeline success" in told
    record = own.store.run(RunKey("pipeline", "mine"))
    assert record is not None
