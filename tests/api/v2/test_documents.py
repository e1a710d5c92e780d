"""The examples of the page about the REST API, carried out as they stand."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.api.dags import save
from tests.api.server import PASSWORD, ApiServer, api
from tradewind import DAG, Param
from tradewind.operators.empty import EmptyOperator

PAGE = (Path(__file__).parents[3] / "docs" / "howto" / "rest-api.md").read_text()
__all__ = ["api"]


@pytest.fixture(scope="module")
def train(api: ApiServer) -> ApiServer:
    with DAG("train", tags=["ml"], params={"learning_rate": Param(0.1, type="number")}) as dag:
        EmptyOperator(task_id="load") >> EmptyOperator(task_id="fit")
    save(api.store, dag)
    return api


def token_of(server: ApiServer) -> str:
    return server.signed_in("admin").headers["authorization"].removeprefix("Bearer ")


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found


@pytest.mark.parametrize("script", blocks("sh"), ids=["sign in", "calls"])
def test_what_is_said_with_curl_works(train: ApiServer, script: str) -> None:
    caller = train.signed_in("admin")
    name = caller.get("/api/tradewind/v1/me").json["name"]
    given = {"URL": train.url, "TOKEN": token_of(train), "NAME": name, "PASSWORD": PASSWORD}
    done = subprocess.run(
        ["bash", "-ec", script], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_said_with_airflows_client_works(train: ApiServer) -> None:
    (text,) = blocks("python")
    names: dict[str, Any] = {}
    exec(text, names)
    run_id = names["train_again"](train.url, token_of(train))
    tasks = train.signed_in("admin").get(f"/api/v2/dags/train/dagRuns/{run_id}/taskInstances/load").json
    assert (tasks["state"], tasks["note"]) == ("success", "the data is there already")
