"""A sweep from the command line: killed in the middle of a trial, gone on with, looked at, learned from."""

from __future__ import annotations

import json

from tests.end_to_end.conftest import Place

BODY = """
    from tradewind import ml

    @task
    def train(x):
        number = os.environ.get("HANG_AT", "")
        note(f"has {x}")
        if number and len(open(os.environ["TRACE"]).readlines()) == int(number):
            time.sleep(600)
        ml.report(x, 0)
        return {"loss": x}

    best = ml.sweep(train, {"x": ml.uniform(0, 1)}, "loss", n_trials=5, parallel=1, seed=1, name="tune",
                    warm_start="previous", enqueue="previous")
"""


def test_a_killed_sweep_goes_on_and_the_next_one_learns_from_it(place: Place) -> None:
    file = place.dag(BODY)
    process = place.start("run", "--plain", file, HANG_AT="3")
    place.wait_for(lambda: len(place.trace) == 3)
    process.kill()
    place.end_of(process)
    place.is_quiet()

    resumed = place.tradewind("runs", "resume", "flow", place.newest_run().run_id, "--plain")
    assert resumed.code == 0, resumed.output
    tried = place.trace
    assert len(tried) == 6
    assert tried[2] == tried[3], "the trial that was killed has the same parameters again"
    assert len(set(tried)) == 5

    best = min(float(line.removeprefix("has ")) for line in tried)
    found = json.loads(place.tradewind("sweeps", "best", "latest").output)
    assert found == {"x": best}
    (listed,) = json.loads(place.tradewind("sweeps", "list", "-o", "json").output)
    assert (listed["state"], listed["trials"]) == ("success", "5/5")
    place.tradewind("sweeps", "show", listed["sweep"]).has("5 complete", "best so far", "best: trial")
    told = json.loads(place.tradewind("sweeps", "show", "latest", "-o", "json").output)
    assert [len(trial["steps"]) for trial in told["trials"]] == [1] * 5
    assert told["history"] == sorted(told["history"], reverse=True)

    again = place.run(file)
    assert again.code == 0, again.output
    assert place.trace[6] == f"has {best}", "the best of before is tried first"
    told = json.loads(place.tradewind("sweeps", "show", "latest", "-o", "json").output)
    assert told["warm_started_from"] == [listed["sweep"]]
    assert "it knows 5 trials" in place.log("tune.begin")


def test_a_sweep_that_is_not_there(place: Place) -> None:
    place.tradewind("sweeps", "list").has("no sweep has run yet")
    missing = place.tradewind("sweeps", "show", "nope")
    assert missing.code == 1
    missing.has("there is no sweep 'nope'", "none has run yet")
