"""`tradewind serve`, a real process over real HTTP, with models of scikit-learn and one that is slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tradewind.ml.registry.moving import move_alias
from tradewind.ml.registry.reading import Registry
from tradewind.ml.serving.log_folder import log_folder
from tradewind.ml.serving.logged import request_log

from .serving import PATIENCE_SECONDS, Server, registered, served, started

for needed in ("mlflow", "fastapi", "prometheus_client", "httpx"):
    pytest.importorskip(needed)
pd = pytest.importorskip("pandas")
linear_model = pytest.importorskip("sklearn.linear_model")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]


def line(slope: float) -> Any:
    """Of `a` and `b`: slope * a + b."""
    frame = pd.DataFrame({"a": [0.0, 1.0, 0.0], "b": [0.0, 0.0, 1.0]})
    return linear_model.LinearRegression().fit(frame, [0.0, slope, 1.0])


def promote(tracking: Any, name: str, version: str) -> None:
    move_alias(name, version, place=tracking.place)


def version_of(server: Server) -> str:
    return server.get("/health")["version"]


def test_a_champion_is_served_switched_and_logged(tracking: Any) -> None:
    registered(tracking, "line", line(2.0), line(3.0), line(4.0))
    promote(tracking, "line", "1")
    with served(tracking.home, "line") as server:
        answered = server.predict({"columns": ["b", "a"], "rows": [[1, 10], [0, 1]]}).json()
        assert answered["predictions"] == pytest.approx([21.0, 2.0])
        assert (answered["model"], answered["version"]) == ("line", "1")
        about = server.get("/model")
        assert [one["name"] for one in about["columns"]] == ["a", "b"]
        assert about["lineage"]["tags"]["tradewind.dag_id"] == "flow"

        promote(tracking, "line", "2")
        server.until(lambda: version_of(server) == "2")
        assert server.predict({"records": [{"a": 10, "b": 1, "id": "x"}]}).json()["predictions"] == pytest.approx(
            [31.0]
        )

        tracking.lose_files(Registry(tracking.place).version("line", "3").source)
        promote(tracking, "line", "3")
        server.until(lambda: server.get("/health")["status"] == "degraded")
        assert (
            "version 2 goes on to answer: version 3 of model 'line' cannot be loaded"
            in server.get("/health")["problem"]
        )
        assert server.predict([{"a": 1, "b": 0}]).json()["version"] == "2"

        told = server.metrics()
        assert 'tradewind_serve_requests_total{code="200",model="line",version="1"} 1.0' in told
        assert 'tradewind_serve_rows_total{model="line",version="1"} 2.0' in told
        assert 'tradewind_serve_request_seconds_count{model="line"} 3.0' in told
        assert 'tradewind_serve_model_info{model="line",role="champion",version="2"} 1.0' in told
        assert server.stop() == 0
    logged = request_log("line", home=tracking.home)
    assert list(logged["version"]) == ["1", "1", "2", "2"]
    assert list(logged["a"]) == [10, 1, 10, 1]
    assert list(logged["id"])[2] == "x"
    assert list(logged["prediction"]) == pytest.approx([21.0, 2.0, 31.0, 3.0])
    assert list(request_log("line", home=tracking.home, features_only=True).columns) == ["b", "a", "id"]
    assert not list(log_folder(tracking.home, "line").glob("*.open"))


def test_bad_rows_are_told_one_by_one_and_the_token_is_asked_for(tracking: Any) -> None:
    example = pd.DataFrame({"a": [0.5], "b": [0.5]})
    registered(tracking, "typed", line(2.0), input_example=example)
    with served(tracking.home, "typed:1", "--token", "secret", "--no-log") as server:
        assert server.http.get("/ready").status_code == 200
        for path in ("/metrics", "/model"):
            assert server.http.get(path).status_code == 401
        assert server.predict([{"a": 1, "b": 1}], headers={"Authorization": "Bearer other"}).status_code == 401
        server.http.headers["Authorization"] = "Bearer secret"
        refused = server.predict([{"a": "old", "b": 1}, {"a": 1, "b": None}])
        assert refused.status_code == 422
        assert refused.json()["problems"] == ["column 'a' is number: row 0 has 'old'"]
        assert server.http.post("/predict", content="{").status_code == 422
        nan = server.predict([{"a": 1, "b": None}])
        assert (nan.status_code, "NaN" in nan.text) == (422, True)  # this model takes none, and says so
        assert 'tradewind_serve_errors_total{kind="request",model="typed"} 3.0' in server.metrics()
        assert server.stop() == 0
    assert request_log("typed", home=tracking.home).empty


class Slow:
    """Answers when a file is there."""

    def __init__(self, began: Path, go_on: Path) -> None:
        self.began = str(began)
        self.go_on = str(go_on)

    def predict(self, features: Any) -> list[int]:
        import time  # it is unpickled in a process that does not know this module
        from pathlib import Path

        Path(self.began).touch()
        while not Path(self.go_on).exists():
            time.sleep(0.02)
        return [1] * len(features)


def test_requests_that_have_begun_are_answered_by_the_version_they_began_with(tracking: Any, tmp_path: Path) -> None:
    began, go_on = tmp_path / "began", tmp_path / "go on"
    registered(tracking, "slow", Slow(began, go_on), line(1.0))
    promote(tracking, "slow", "1")
    with served(tracking.home, "slow") as server, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.predict, [[1, 2]])
        server.until(began.exists)
        promote(tracking, "slow", "2")
        server.until(lambda: version_of(server) == "2")
        server.process.terminate()
        go_on.touch()
        assert asked.result().json()["version"] == "1"
        assert server.process.wait(PATIENCE_SECONDS) == 0


def test_what_cannot_be_served_is_said_at_once(tracking: Any) -> None:
    registered(tracking, "lost", line(1.0))
    promote(tracking, "lost", "1")
    tracking.lose_files(Registry(tracking.place).version("lost", "1").source)
    process = started(tracking.home, "lost")
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert "version 1 of model 'lost' cannot be loaded" in said


def test_a_shadow_predicts_into_the_log_and_never_into_an_answer(tracking: Any) -> None:
    registered(tracking, "shadowed", line(2.0), line(3.0))
    promote(tracking, "shadowed", "1")
    with served(tracking.home, "shadowed", "--shadow", "challenger") as server:
        assert server.predict([{"a": 1, "b": 0}, {"a": 0, "b": 1}]).json()["predictions"] == pytest.approx([2.0, 1.0])
        assert server.get("/model")["shadow"]["version"] == "2"
        assert server.stop() == 0
    logged = request_log("shadowed", home=tracking.home)
    assert list(logged["shadow_version"]) == ["2", "2"]
    assert list(logged["shadow_prediction"]) == pytest.approx([3.0, 1.0])
