"""A mapped task of the grid, unfolded; one of its instances."""

from __future__ import annotations

from urllib.parse import quote

from tests.api.ours.conftest import BAD, GOOD, Get


def test_a_mapped_task_of_the_grid_unfolds(get: Get) -> None:
    found = get("/dags/pipeline/grid/instances", task_id="training.fit", run_id=[GOOD, BAD, "none"])
    assert found["runs"] == [BAD, GOOD]
    assert [one["map_path"] for one in found["instances"]] == [[0], [1], [2]]
    assert all(one["states"] == ["success", "success"] for one in found["instances"])
    assert not found["is_cut"]


def test_instances_of_too_many_runs_at_once(get: Get) -> None:
    get("/dags/pipeline/grid/instances", task_id="training.fit", run_id=[str(n) for n in range(31)], status=422)


def test_rows_of_one_instance(get: Get) -> None:
    (row,) = get(f"/dags/pipeline/runs/{quote(GOOD, safe='')}/tasks", task_id="training.fit", map="1")["tasks"]
    assert row["map_path"] == [1]
