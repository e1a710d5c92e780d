from datetime import datetime

from airflow.sdk import dag, task, Asset


@dag(start_date=datetime(2025, 1, 1), schedule="@weekly", catchup=False, tags=["ml"], default_args={"retries": 1})
def search(n_trials: int = 3, model: str = "forest"):
    @task
    def grid(n: int, kind: str) -> list[dict]:
        return [{"depth": d, "kind": kind} for d in range(n)]

    @task(map_index_template="{{ trial_name }}", max_active_tis_per_dagrun=2)
    def fit(depth: int, kind: str):
        from airflow.sdk import get_current_context

        get_current_context()["trial_name"] = f"{kind}-{depth}"
        return {"depth": depth, "score": depth / 10}

    @task(trigger_rule="all_done")
    def best(results: list[dict]) -> dict:
        return max(results, key=lambda r: r["score"])

    winner = best(fit.expand_kwargs(grid(n_trials, model)))

    @task(outlets=[Asset("model")])
    def register(depth, score):
        return depth

    register(winner["depth"], winner["score"])


search()
