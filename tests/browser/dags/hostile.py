"""A DAG whose every text would run a script if a page took it for HTML."""

from __future__ import annotations

from datetime import datetime

from airflow.sdk import DAG, Asset, Label, Param, task, task_group

EVIL = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>'
LINK = "[press](javascript:globalThis.pwned=1) ![seen](x onerror=globalThis.pwned=1)"

with DAG(
    "hostile",
    start_date=datetime(2026, 1, 1),
    schedule=None,
    description=f"described {EVIL}",
    doc_md=f"# title {EVIL}\n{EVIL}\n\n- {LINK}\n\n| a | b |\n|---|---|\n| {EVIL} | {LINK} |\n\n```\n{EVIL}\n```\n",
    tags=[f"tag{EVIL}"],
    default_args={"owner": f"owner{EVIL}"},
    params={
        "text": Param(EVIL, type="string", title=f"title {EVIL}", description=f"words {EVIL}"),
        "choice": Param(EVIL, enum=[EVIL, "other"]),
        "data": Param({EVIL: [EVIL]}, type="object"),
    },
):

    @task(doc_md=f"{EVIL} {LINK}", outlets=[Asset(f"asset{EVIL}", uri="s3://lake/evil<svg onload=globalThis.pwned=1>")])
    def says() -> str:
        print(EVIL)
        print(f"\x1b[31m{EVIL}\x1b]8;;javascript:globalThis.pwned=1\x1b\\press\x1b]8;;\x1b\\")
        return EVIL

    @task
    def tree() -> dict[str, object]:
        return {EVIL: [EVIL, {EVIL: None}]}

    @task
    def table() -> object:
        import pandas as pd

        return pd.DataFrame({EVIL: [EVIL, "b"], "n": [1, 2]})

    @task_group(tooltip=EVIL)
    def group() -> None:
        @task(map_index_template="{{ part }}")
        def part(part: str) -> None:
            raise ValueError(f"{part} {EVIL}")

        part.expand(part=[EVIL, "b"])

    says() >> Label(EVIL) >> tree() >> table() >> group()
