"""What `--help` shows below the options: how commands are typed. Without the word `tradewind` before them."""

from __future__ import annotations

import click

EXAMPLES: dict[str, tuple[str, ...]] = {
    "run": ("run dags/train.py", "run train -p rate=0.1 --logical-date 2026-01-01", "run train --task fit"),
    "debug": ("debug train fit", "debug train 'fit[3]' 2 --pdb", "debug train fit --notebook"),
    "why": ("why train", "why train fit"),
    "watch": ("watch train", "watch train manual__2026-01-01"),
    "serve": ("serve churn@champion --port 8000", "serve churn --shadow churn@challenger"),
    "simulate": ("simulate --days 7", "simulate train --from 2026-01-01 --days 30"),
    "login": ("login https://tradewind.example.com", "login https://tradewind.example.com --username ann"),
    "runs list": ("runs list train --state failed", "runs list train -s 2026-01-01 -e 2026-02-01 -o json"),
    "runs show": ("runs show train", "runs show train 2026-01-01 --history"),
    "runs rerun": ("runs rerun train --only-failed", "runs rerun train 2026-01-01 --from fit"),
    "runs fork": (
        "runs fork train --from fit -p rate=0.05",
        "runs fork train manual__2026-01-01 --from fit --sweep rate=0.1,0.2 --sweep depth=3,5",
    ),
    "runs cache": ("runs cache train", "runs cache train --diff"),
    "runs reproduce": ("runs reproduce train 2026-01-01",),
    "runs mark": ("runs mark success train 2026-01-01 --reason 'mended by hand'",),
    "runs delete": ("runs delete train latest", "runs delete train --all"),
    "dags list": ("dags list --tag nightly", "dags list --refresh -o json"),
    "dags show": ("dags show train -f mermaid", "dags show train --save train.svg"),
    "dags test": ("dags test train 2026-01-01 -p rate=0.1",),
    "dags trigger": (
        "dags trigger train -p rate=0.1 --note 'once more'",
        "dags trigger train -l 2026-01-01",
    ),
    "dags next-execution": ("dags next-execution train -n 5",),
    "dags pause": ("dags pause train", "dags pause 'sales_.*' --treat-dag-id-as-regex"),
    "dags diff": ("dags diff train --code",),
    "tasks test": ("tasks test train fit 2026-01-01", "tasks test train fit -t '{\"rate\": 0.1}'"),
    "tasks render": ("tasks render train load 2026-01-01",),
    "tasks logs": ("tasks logs train fit -f", "tasks logs train fit 2026-01-01 --map-index 3 --try 1"),
    "tasks clear": (
        "tasks clear train fit --downstream",
        "tasks clear train -s 2026-01-01 -e 2026-01-31 --only-failed",
        "tasks clear train training --dry-run",
    ),
    "tasks mark": ("tasks mark success train fit --run 2026-01-01",),
    "tasks replay": ("tasks replay train fit",),
    "xcom get": ("xcom get train fit", "xcom get train frame --save frame.parquet"),
    "backfills create": ("backfills create train --from 2026-01-01 --to 2026-01-31 --max-active-runs 4",),
    "assets emit": ("assets emit --uri s3://lake/orders --extra '{\"rows\": 5}'",),
    "assets materialize": ("assets materialize orders",),
    "data show": ("data show train load",),
    "data history": ("data history train load age",),
    "data checks": ("data checks train --bad",),
    "drift show": ("drift show orders",),
    "approvals answer": ("approvals answer release go_on Approve",),
    "models promote": ("models promote churn 7 --reason 'better on the new data'",),
    "models rollback": ("models rollback churn --reason complaints",),
    "experiments list": ("experiments list train --sort=-auc",),
    "experiments compare": ("experiments compare train -n 3",),
    "experiments export": ("experiments export train --file runs.csv",),
    "variables set": ("variables set region eu", "variables set limits '{\"rows\": 5}' --json"),
    "variables import": ("variables import variables.json -a skip",),
    "connections add": (
        "connections add warehouse --conn-uri postgres://ann:secret@db:5432/sales",
        "connections add site --conn-type http --conn-host example.com",
    ),
    "connections import": ("connections import connections.yaml --overwrite",),
    "pools set": ("pools set gpu 2 'one for each card'",),
    "users create": ("users create ann --role op",),
    "roles set": ("roles set sales read,edit:dag,run,task@sales_*",),
    "tokens create": ("tokens create ci --days 30 --scope read:dag,run",),
    "db clean": ("db clean --older-than 90 --keep 10 --dry-run",),
    "config import": ("config import airflow.cfg --dry-run",),
}


def with_examples(command: click.Command, path: str) -> click.Command:
    """`path`: the command's words after `tradewind`."""
    lines = EXAMPLES.get(path)
    if lines and not command.epilog:
        command.epilog = "\b\nExamples:\n" + "\n".join(f"  tradewind {line}" for line in lines)
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            with_examples(inner, f"{path} {name}")
    return command
