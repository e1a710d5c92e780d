"""Deployments to folders, MLflow's scoring server and a Docker context, with models of scikit-learn; taken back where the
smoke test fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tradewind.ml.deploying import smoke
from tradewind.ml.deploying.deploy import DeployOperator, deploy_now
from tradewind.ml.deploying.docker import DockerTarget
from tradewind.ml.deploying.files import version_in
from tradewind.ml.deploying.folder import FolderTarget
from tradewind.ml.deploying.mlflow_server import MlflowTarget
from tradewind.ml.deploying.smoke import SmokeTest
from tradewind.ml.deploying.target import DeploymentFailedError
from tradewind.ml.registry.moving import move_alias
from tradewind.ml.registry.reading import Registry
from tradewind.ml.registry.register import register

for needed in ("mlflow", "fastapi", "prometheus_client"):
    pytest.importorskip(needed)
pd = pytest.importorskip("pandas")
linear_model = pytest.importorskip("sklearn.linear_model")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]
ROWS = [{"a": 1.0, "b": 0.0}, {"a": 2.0, "b": 1.0}]


def line(slope: float) -> Any:
    """slope * a + b."""
    frame = pd.DataFrame({"a": [0.0, 1.0, 0.0], "b": [0.0, 0.0, 1.0]})
    return linear_model.LinearRegression().fit(frame, [0.0, slope, 1.0])


def registered(tracking: Any, name: str, *slopes: float) -> None:
    for slope in slopes:
        with tracking.trying(f"run of {name}"):
            register(line(slope), name)


def deploying(tracking: Any, **wishes: Any) -> Any:
    with tracking.trying("deploys", "deploy"):
        return DeployOperator(task_id="deploy", **wishes).execute({})


def test_a_version_that_fails_its_smoke_test_is_taken_back(tracking: Any, tmp_path: Path) -> None:
    registered(tracking, "in folder", 2.0, 3.0)
    move_alias("in folder", "1", place=tracking.place)
    target = FolderTarget(str(tmp_path / "srv"))
    current = tmp_path / "srv" / "current"
    done = deploying(tracking, model="in folder", target=target, smoke_test=SmokeTest(ROWS, expect=[2.0, 5.0]))
    assert (done["version"], done["state"], done["smoke_test"]) == ("1", "deployed", "2 rows as expected")
    before = os.readlink(current)

    with pytest.raises(DeploymentFailedError, match=r"row 0: (2\.9|3\.0)") as caught:
        deploying(tracking, model="in folder", version=2, target=target, smoke_test=SmokeTest(ROWS, expect=[2.0, 5.0]))
    assert "version 1 is used again" in caught.value.hint
    assert os.readlink(current) == before
    assert version_in(current) == "1"
    assert len(list((tmp_path / "srv" / "versions").iterdir())) == 1
    states = [(one["version"], one["state"], one["old_version"]) for one in tracking.keeping.of("Deployed")]
    assert states == [("1", "deployed", ""), ("2", "rolled_back", "1")]


def test_the_first_one_that_fails_leaves_nothing(tracking: Any, tmp_path: Path) -> None:
    registered(tracking, "first", 2.0)
    with pytest.raises(DeploymentFailedError, match="returned False"):
        deploy_now("first", 1, target=FolderTarget(str(tmp_path)), smoke_test=lambda predict: False)
    assert not (tmp_path / "current").is_symlink()


def test_a_version_whose_files_are_gone_changes_nothing(tracking: Any, tmp_path: Path) -> None:
    registered(tracking, "gone", 2.0, 3.0)
    target = FolderTarget(str(tmp_path))
    deploying(tracking, model="gone", version=1, target=target)
    tracking.lose_files(Registry(tracking.place).version("gone", "2").source)
    with pytest.raises(DeploymentFailedError, match="version 2 of 'gone' was not deployed"):
        deploying(tracking, model="gone", version=2, target=target)
    assert version_in(tmp_path / "current") == "1"
    assert [one["state"] for one in tracking.keeping.of("Deployed")] == ["deployed", "failed"]


def test_old_versions_go(tracking: Any, tmp_path: Path) -> None:
    registered(tracking, "many", 2.0)
    target = FolderTarget(str(tmp_path), keep=2)
    for _ in range(4):
        deploy_now("many", 1, target=target)
    kept = list((tmp_path / "versions").iterdir())
    assert len(kept) == 2
    assert (tmp_path / "current").resolve() in kept


def test_a_folder_of_somebody_else_is_left_alone(tracking: Any, tmp_path: Path) -> None:
    registered(tracking, "theirs", 2.0)
    (tmp_path / "current").mkdir()
    with pytest.raises(DeploymentFailedError, match="no link of ours"):
        deploy_now("theirs", 1, target=FolderTarget(str(tmp_path)))


def test_mlflows_server_really_answers(tracking: Any, tmp_path: Path) -> None:
    registered(tracking, "scored", 2.0)
    target = MlflowTarget(str(tmp_path), restart=f"touch '{tmp_path / 'restarted'}'")
    done = deploying(tracking, model="scored", version=1, target=target, smoke_test=SmokeTest(ROWS, expect=[2.0, 5.0]))
    assert done["smoke_test"] == "2 rows as expected"
    assert (tmp_path / "restarted").exists()
    assert "mlflow models serve" in (tmp_path / "current" / "serve.sh").read_text()
    assert f'ExecStart="{tmp_path}/current/serve.sh"' in (tmp_path / "current" / "scored.service").read_text()


def test_what_goes_into_an_image_is_served_here_first(tracking: Any, tmp_path: Path) -> None:
    registered(tracking, "packed", 2.0)
    wheel = tmp_path / "tradewind-0-py3-none-any.whl"
    wheel.touch()
    target = DockerTarget(str(tmp_path / "context"), wheel=str(wheel))
    done = deploying(tracking, model="packed", version=1, target=target, smoke_test=SmokeTest(ROWS, expect=[2.0, 5.0]))
    assert done["state"] == "deployed"
    context = tmp_path / "context" / "current"
    assert {one.name for one in context.iterdir()} == {"Dockerfile", "requirements.txt", "model", wheel.name}
    requirements = (context / "requirements.txt").read_text().splitlines()
    assert requirements[0] == f"./{wheel.name}[serve]"
    assert any(one.startswith("scikit-learn==") for one in requirements)
    dockerfile = (context / "Dockerfile").read_text()
    assert f"FROM python:{sys.version_info.major}.{sys.version_info.minor}-slim" in dockerfile
    assert f"COPY {wheel.name} ./" in dockerfile


def test_an_image_needs_docker(tracking: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registered(tracking, "unbuilt", 2.0)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeploymentFailedError, match="no `docker` here"):
        deploy_now("unbuilt", 1, target=DockerTarget(str(tmp_path / "context"), image="unbuilt"))


@pytest.mark.parametrize(
    ("test", "answer", "said"),
    [
        (SmokeTest([[1]], expect=[2]), [3], "row 0: 3 instead of 2"),
        (SmokeTest([[1]]), [None], "row 0 has no prediction"),
        (SmokeTest([[1], [2]]), [1], "1 predictions for 2 rows"),
        (SmokeTest([[1]], expect=["a"]), ["b"], "row 0: 'b' instead of 'a'"),
        (SmokeTest([[1]], expect=[[0.1, 0.9]]), [[0.2, 0.8]], "row 0: [0.2, 0.8] instead of [0.1, 0.9]"),
    ],
    ids=["number", "nothing", "too few", "text", "scores"],
)
def test_what_does_not_pass(test: SmokeTest, answer: list[Any], said: str) -> None:
    with pytest.raises(AssertionError) as caught:
        smoke.tested(test, lambda rows: answer)
    assert said in str(caught.value)


def test_numbers_within_tolerance_pass() -> None:
    assert smoke.tested(SmokeTest([[1]], expect=[2.0], tolerance=0.1), lambda rows: [2.1]) == "1 rows as expected"


def test_a_smoke_test_that_tests_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="without rows"):
        SmokeTest([])
    with pytest.raises(ValueError, match="2 rows, but 1 values"):
        SmokeTest([[1], [2]], expect=[1])
