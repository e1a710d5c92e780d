"""xcom get and list; variables, connections and pools with Airflow's files."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import numpy
import pytest

from .conftest import SUCCEEDED, Call

# ------------------------------------------------------------------------------------ xcom


def test_values_are_listed_by_type(call: Call) -> None:
    found = {(one["task_id"], one["map_index"]): one for one in call("xcom", "list", "pipeline", "-o", "json").json}
    assert found["numbers", ""]["value"] == "[0, 1, 2, 3, 4, 5, 6]"
    assert found["inside.double", "2"]["value"] == "4"
    assert found["array", ""]["shape"] == [20_000]
    assert {one["task_id"] for one in call("xcom", "list", "pipeline", "-t", "when", "-o", "json").json} == {"when"}


def test_plain_values_are_printed_and_others_described(call: Call) -> None:
    assert json.loads(call("xcom", "get", "pipeline", "numbers", SUCCEEDED).out) == [0, 1, 2]
    assert call("xcom", "get", "pipeline", "inside.double", "--map-index", "3").out == "6\n"
    assert call("xcom", "get", "pipeline", "say", SUCCEEDED).out == "2025-01-01 3 none\n"
    assert call("xcom", "get", "pipeline", "array").out.startswith("numpy.ndarray (npy, 160,128 bytes, shape 20000)")
    assert "datetime.datetime(2025, 1, 1, 0, 0)" in call("xcom", "get", "pipeline", "when").out
    assert call("xcom", "get", "pipeline", "numbers", "-o", "json").json["value"] == [0, 1, 2, 3, 4, 5, 6]


def test_a_value_is_saved_as_it_is_stored(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "an array.npy"
    assert call("xcom", "get", "pipeline", "array", "--save", str(file)).out == f"wrote {file}\n"
    assert (numpy.load(file) == numpy.arange(20_000.0)).all()


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["inside.double"], "7 instances of 'inside.double' pushed 'return_value'", "--map-index 0"),
        (["numbers", "-k", "other"], "task 'numbers' pushed no 'other'", "it pushed return_value"),
        (["nope"], "task 'nope' pushed no value", "values are there from array, inside.double"),
    ],
)
def test_a_value_that_is_not_there(call: Call, words: list[str], message: str, hint: str) -> None:
    called = call("xcom", "get", "pipeline", *words)
    assert called.code == 1
    assert message in called.err
    assert hint in called.err


# ------------------------------------------------------------------------------------ variables


def test_variables_are_set_got_and_deleted(call: Call) -> None:
    assert call("variables", "set", "größe", "1 m", "--description", "of it").code == 0
    assert call("variables", "get", "größe").out == "1 m\n"
    assert call("variables", "list", "-o", "json").json == [{"key": "größe", "value": "1 m", "description": "of it"}]
    assert "did you mean größe?" in call("variables", "get", "grösse").err
    assert call("variables", "get", "other", "--default", "x").out == "x\n"
    assert call("variables", "delete", "größe").code == 0
    assert call("variables", "delete", "größe").code == 1
    assert call("variables", "set", "--json", "a", "{").code == 1


def test_a_variable_of_the_environment_comes_first(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_PLACE", "here")
    assert "comes first" in call("variables", "set", "place", "there").err
    assert call("variables", "get", "place").out == "here\n"


def test_secrets_are_masked_in_lists(call: Call) -> None:
    call("variables", "set", "db_password", "hunter22")
    assert "hunter22" not in call("variables", "list").out
    assert "hunter22" in call("variables", "list", "--show-secrets").out


@pytest.mark.parametrize("name", ["v.json", "v.yaml", "v.env"])
def test_variables_come_back_from_each_kind_of_file(call: Call, tmp_path: Path, name: str) -> None:
    for key, value in {"n": "1", "text": "a = b", "data": '{"x": [1, 2]}'}.items():
        call("variables", "set", key, value)
    file = tmp_path / name
    exported = call("variables", "export", str(file))
    assert "in clear text" in exported.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    call("variables", "delete", "n", "text", "data")

    assert call("variables", "import", str(file)).out == "3 variables imported\n"

    assert call("variables", "get", "n").out == "1\n"
    assert call("variables", "get", "text").out == "a = b\n"
    assert json.loads(call("variables", "get", "data").out) == {"x": [1, 2]}


def test_an_import_minds_what_exists(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    file.write_text('{"a": "new", "b": {"value": "b", "description": "of b"}}')
    call("variables", "set", "a", "old")
    assert "nothing was imported" in call("variables", "import", str(file), "-a", "fail").err
    assert "1 variables imported, 1 skipped" in call("variables", "import", str(file), "-a", "skip").out
    assert call("variables", "get", "a").out == "old\n"
    found = {one["key"]: one["description"] for one in call("variables", "list", "-o", "json").json}
    assert found == {"a": None, "b": "of b"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("v.json", '{\n"a": }', "v.json:2: not JSON"),
        ("v.env", "A=1\nnonsense", "v.env:2: not NAME=value"),
        ("v.yaml", "- a\n", "has to hold a mapping"),
        ("v.txt", "", "its ending does not say what it is"),
    ],
)
def test_files_that_cannot_be_read(call: Call, tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    called = call("variables", "import", str(tmp_path / name))
    assert called.code == 1
    assert message in called.err


# ------------------------------------------------------------------------------------ connections


def test_a_connection_by_uri_and_by_parts(call: Call) -> None:
    assert call("connections", "set", "pg", "postgresql://me:hunter22@db:5432/main?sslmode=require").code == 0
    extra = '{"api_key": "zzz", "verify": false}'
    parts = ("--conn-type", "http", "--conn-host", "x.y", "--conn-password", "tokentoken", "--conn-extra", extra)
    assert call("connections", "add", "web", *parts).code == 0
    found = {one["conn_id"]: one for one in call("connections", "list", "-o", "json").json}
    assert (found["pg"]["conn_type"], found["pg"]["port"], found["pg"]["password"]) == ("postgres", 5432, "***")
    assert found["web"]["extra"] == {"api_key": "***", "verify": False}
    text = call("connections", "list").out
    assert "hunter22" not in text
    assert "zzz" not in text
    shown = call("connections", "get", "pg", "--show-secrets", "-o", "json").json
    assert shown["uri"] == "postgres://me:hunter22@db:5432/main?sslmode=require"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["add", "pg", "--conn-uri", "x://y"], 1, "there is a connection 'pg' already"),
        (["set", "new"], 2, "say it in one way"),
        (["set", "new", "x://y", "--conn-type", "z"], 2, "say it in one way"),
        (["set", "new", "--conn-host", "z"], 2, "need --conn-type"),
        (["set", "new", "nonsense"], 1, "the URI of connection 'new' cannot be read"),
        (["set", "new", "--conn-type", "z", "--conn-extra", "[1]"], 1, "is no object"),
        (["get", "pgg"], 1, "did you mean pg?"),
        (["delete", "pgg"], 1, "there is no connection 'pgg'"),
        (["test", "pg"], 1, "apache-airflow-providers-postgres"),
    ],
)
def test_mistakes_with_connections(call: Call, binary: Call, words: list[str], code: int, message: str) -> None:
    call("connections", "set", "pg", "postgres://me@db")
    called = (binary if words[0] == "test" else call)("connections", *words)
    assert called.code == code
    assert message in called.err


@pytest.mark.parametrize(
    ("name", "options"), [("c.json", ()), ("c.yml", ()), ("c.env", ()), ("c.env", ("--serialization-format", "json"))]
)
def test_connections_come_back_from_each_kind_of_file(
    call: Call, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    uri = "http://me:p%40ss@host:80/schema?a=1"
    call("connections", "set", "web", uri)
    file = tmp_path / name
    assert call("connections", "export", str(file), *options).code == 0
    assert "left as they are" in call("connections", "import", str(file)).out
    call("connections", "delete", "web")
    assert call("connections", "import", str(file)).out == "1 connections imported\n"
    assert call("connections", "get", "web", "--show-secrets", "-o", "json").json["uri"] == uri


# ------------------------------------------------------------------------------------ pools


def test_pools(call: Call, tmp_path: Path) -> None:
    assert call("pools", "set", "gpu", "2", "the card", "--include-deferred").code == 0
    assert call("pools", "get", "gpu", "-o", "json").json == {
        "pool": "gpu",
        "slots": 2,
        "description": "the card",
        "include_deferred": True,
    }
    assert [pool["pool"] for pool in call("pools", "list", "-o", "json").json] == ["default_pool", "gpu"]
    file = tmp_path / "pools.json"
    call("pools", "export", str(file))
    assert call("pools", "delete", "gpu").code == 0
    assert "make it: tradewind pools set gpu" in call("pools", "get", "gpu").err
    assert call("pools", "import", str(file)).code == 0
    assert call("pools", "get", "gpu", "-o", "json").json["slots"] == 2
    assert "cannot be deleted" in call("pools", "delete", "default_pool").err
    assert "has no number of slots" in call("pools", "import", "-", stdin='{"p": {"slots": "x"}}').err
