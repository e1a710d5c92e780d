"""What an MLflow run says of ours: names of tags, and their values for a try."""

from __future__ import annotations

import os
from urllib.parse import quote

from tradewind.ml import journal
from tradewind.model.ids import path_to_text
from tradewind.model.journal import EntryQuery
from tradewind.model.messages import RunTry

DAG_ID = "tradewind.dag_id"
RUN_ID = "tradewind.run_id"
RUN_KEY = "tradewind.run"
"""Of the parent run alone: `dag_id/run_id`, by which it is found."""
TASK_ID = "tradewind.task_id"
MAP_INDEX = "tradewind.map_index"
TRY_NUMBER = "tradewind.try_number"
TRY_ID = "tradewind.try_id"
DAG_HASH = "tradewind.dag_hash"
GIT_COMMIT = "mlflow.source.git.commit"
INPUTS = "tradewind.inputs"
"""Content hashes of the values that the task was given."""
URL = "tradewind.url"
DELIVERED_FROM = "tradewind.delivered_from"
"""The run in the embedded store that this one is a copy of."""
PARENT = "mlflow.parentRunId"
MAX_TAG_CHARACTERS = 5000


def run_tags(message: RunTry) -> dict[str, str]:
    """Of the parent: what is true of the whole DAG run."""
    key = message.task
    tags = {DAG_ID: key.dag_id, RUN_ID: key.run_id, DAG_HASH: message.run.dag_hash, URL: _url(message)}
    tags[GIT_COMMIT] = git_commit(message)
    return {name: text for name, text in tags.items() if text}


def try_tags(message: RunTry) -> dict[str, str]:
    key = message.task
    tags = run_tags(message) | {
        TASK_ID: key.task_id,
        MAP_INDEX: path_to_text(key.map_path),
        TRY_NUMBER: str(message.try_number),
        TRY_ID: message.try_id,
        INPUTS: ",".join(input_hashes(message))[:MAX_TAG_CHARACTERS],
        URL: _url(message, f"/tasks/{quote(key.task_id, safe='')}"),
    }
    return {name: text for name, text in tags.items() if text}


def input_hashes(message: RunTry) -> tuple[str, ...]:
    """Of the values that came along."""
    return tuple(dict.fromkeys(xcom.value.hash for one in message.inputs for xcom in one.xcoms))


def git_commit(message: RunTry) -> str:
    """As it was noted down of the run; "" where it was not (yet)."""
    key = message.task
    query = EntryQuery("Environment", dag_id=key.dag_id, run_id=key.run_id, limit=1)
    found = [one.body.get("git_commit", "") for one in journal.read(query)]
    return str(found[0]) if found else ""


def _url(message: RunTry, below: str = "") -> str:
    base = os.environ.get("TRADEWIND_PAGES", "")
    key = message.task
    return f"{base}/dags/{quote(key.dag_id, safe='')}/runs/{quote(key.run_id, safe='')}{below}" if base else ""
