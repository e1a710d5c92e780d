import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring import ports, providers
from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException, AirflowNotFoundException
from tradewind.authoring.hook import BaseHook
from tradewind.authoring.secrets import masker, redact
from tradewind.hooks.filesystem import FSHook
from tradewind.model.messages import GetConnection
from tradewind.model.records import ConnectionRecord


@pytest.fixture(autouse=True)
def no_secrets():
    yield
    masker().reset()
    ports.install(None)


@pytest.mark.parametrize(
    ("uri", "parts"),
    [
        (
            "postgresql://u:p@host:5432/db",
            {"conn_type": "postgres", "login": "u", "password": "p", "host": "host", "port": 5432, "schema": "db"},
        ),
        ("google-cloud-platform://", {"conn_type": "google_cloud_platform", "host": "", "login": None}),
        ("http://https://api.example.com:8443", {"conn_type": "http", "host": "https://api.example.com", "port": 8443}),
        ("mysql://a%40b:p%2Fw%3F@h/d%20b", {"login": "a@b", "password": "p/w?", "schema": "d b"}),
        ("aws://?region=eu&x=", {"extra_dejson": {"region": "eu", "x": ""}}),
        ("aws://?__extra__=%7B%22a%22%3A+%7B%22b%22%3A+1%7D%7D", {"extra_dejson": {"a": {"b": 1}}}),
        ("my-type://%2Ftmp%2Fsocket/", {"conn_type": "my_type", "host": "/tmp/socket"}),
    ],
)
def test_reading_a_uri(uri, parts):
    connection = Connection(conn_id="c", uri=uri)

    assert {name: getattr(connection, name) for name in parts} == parts


@pytest.mark.parametrize("uri", ["no-scheme", "http://host:port/"])
def test_a_uri_that_cannot_be_read_keeps_its_password_out_of_the_message(uri):
    with pytest.raises(AirflowException) as raised:
        Connection(conn_id="c", uri=uri.replace("host", "u:hunter22@host"))

    assert "hunter22" not in str(raised.value)


texts = st.text(min_size=1, max_size=12).filter(lambda text: "\x00" not in text)


@given(
    host=st.from_regex(r"\A[a-z][a-z0-9.-]{0,10}[a-z0-9]\Z"),
    login=texts,
    password=texts,
    schema=texts,
    port=st.one_of(st.none(), st.integers(1, 65535)),
    extra=st.dictionaries(
        texts, st.one_of(texts, st.integers(), st.dictionaries(texts, texts, max_size=2)), max_size=3
    ),
)
def test_a_connection_survives_its_uri_and_its_json(host, login, password, schema, port, extra):
    before = Connection(
        "c", "my_type", host=host, login=login, password=password, schema=schema, port=port, extra=extra
    )

    assert Connection("c", uri=before.get_uri()).to_dict(prune_empty=True) == before.to_dict(prune_empty=True)
    assert Connection.from_json(before.as_json(), "c").to_dict(prune_empty=True) == before.to_dict(prune_empty=True)


def test_uri_and_parts_together():
    with pytest.raises(AirflowException, match="not both"):
        Connection(uri="http://h", host="h")


def test_unknown_keys_of_a_json_connection():
    with pytest.raises(AirflowException, match="unknown keys: user"):
        Connection.from_text("c", json.dumps({"conn_type": "http", "user": "x"}))


@pytest.mark.parametrize(
    "text",
    [
        '{"conn_type": "ssh", "login": "me", "password": "hunter22", "extra": {"token": "tok-12345"}}',
        "ssh://me:hunter22@/?token=tok-12345",
    ],
)
def test_fetched_from_the_environment_its_secrets_are_masked(monkeypatch, text):
    monkeypatch.setenv("AIRFLOW_CONN_BOX", text)

    connection = BaseHook.get_connection("box")

    assert (connection.login, connection.get_password()) == ("me", "hunter22")
    assert redact("me hunter22 tok-12345") == "me *** ***"


def test_fetched_from_the_supervisor(monkeypatch):
    class Store(ports.EnvironmentSupervisor):
        def ask(self, request):
            assert request == GetConnection(conn_id="db")
            return {"conn_id": "db", "conn_type": "postgres", "host": "stored", "port": 1}

    ports.install(Store())
    assert Connection.get("db").to_record() == ConnectionRecord("db", "postgres", host="stored", port=1)

    monkeypatch.setenv("TRADEWIND_CONN_DB", "postgres://mine")
    assert Connection.get("db").host == "mine"


def test_one_that_is_nowhere():
    with pytest.raises(AirflowNotFoundException, match=r"The conn_id `gone` isn't defined(.|\n)*AIRFLOW_CONN_GONE"):
        BaseHook.get_connection("gone")


def test_extras():
    connection = Connection("c", extra='{"a": "{\\"b\\": 1}", "c": 2}')

    assert connection.extra_dejson == {"a": '{"b": 1}', "c": 2}
    assert connection.get_extra_dejson(nested=True) == {"a": {"b": 1}, "c": 2}
    assert Connection("c", extra="not json").extra_dejson == {}
    assert Connection("c", extra="[1]").extra_dejson == {}


def test_a_hook_by_connection_type(monkeypatch, tmp_path):
    monkeypatch.setenv("AIRFLOW_CONN_FILES", json.dumps({"conn_type": "fs", "extra": {"path": str(tmp_path)}}))

    hook = BaseHook.get_hook("files")

    assert isinstance(hook, FSHook)
    assert hook.get_path() == str(tmp_path)
    assert Connection.get("files").test_connection() == (True, f"path {tmp_path} exists")


def test_a_type_that_nobody_serves():
    connection = Connection("c", "cassandra")

    with pytest.raises(AirflowException, match="apache-airflow-providers-cassandra"):
        connection.get_hook()
    assert connection.test_connection()[0] is False
    assert "fs" in providers.hooks()
