import json

import pytest

from tradewind.authoring import ports
from tradewind.authoring.exceptions import AirflowRuntimeError
from tradewind.authoring.secrets import masker, redact
from tradewind.authoring.variables import Variable, VariableNotFoundError


@pytest.fixture(autouse=True)
def fresh_store():
    ports.install(ports.EnvironmentSupervisor())
    yield
    ports.install(None)
    masker().reset()


def test_the_environment_wins_over_the_store(monkeypatch):
    Variable.set("Region", "stored")
    assert Variable.get("Region") == "stored"

    monkeypatch.setenv("AIRFLOW_VAR_REGION", "airflow")
    assert Variable.get("Region") == "airflow"

    monkeypatch.setenv("TRADEWIND_VAR_REGION", "tradewind")
    assert Variable.get("Region") == "tradewind"


@pytest.mark.parametrize("arguments", [{"default_var": 1}, {"default": 1}])
def test_a_default_by_any_of_its_names(arguments):
    assert Variable.get("missing", **arguments) == 1
    assert Variable.get("missing", 1) == 1
    assert Variable.get("missing", default_var=None) is None


@pytest.mark.parametrize("error", [KeyError, AirflowRuntimeError])
def test_a_missing_one_raises_what_airflow_2_and_3_raised(error):
    with pytest.raises(error, match="AIRFLOW_VAR_MISSING"):
        Variable.get("missing")


def test_json_there_and_back():
    Variable.set("settings", {"a": [1, 2]}, serialize_json=True)

    assert Variable.get("settings", deserialize_json=True) == {"a": [1, 2]}
    assert json.loads(Variable.get("settings")) == {"a": [1, 2]}


def test_text_that_is_not_json():
    Variable.set("broken", "{")

    with pytest.raises(ValueError, match="'broken' was asked for as JSON"):
        Variable.get("broken", deserialize_json=True)


def test_set_update_delete():
    with pytest.raises(VariableNotFoundError):
        Variable.update("v", "2")
    Variable.set("v", 1)
    Variable.update("v", 2)
    assert Variable.get("v") == "2"

    assert (Variable.delete("v"), Variable.delete("v")) == (1, 0)


def test_setdefault_sets_once():
    assert Variable.setdefault("v", [1], deserialize_json=True) == [1]
    assert Variable.setdefault("v", [2], deserialize_json=True) == [1]
    with pytest.raises(ValueError, match="its default is None"):
        Variable.setdefault("w", None)


def test_what_a_sensitive_name_holds_is_masked():
    Variable.set("plain", "hello-there")
    Variable.set("api_token", "abcdef123456")
    Variable.set("login", {"user": "somebody", "password": "hunter22"}, serialize_json=True)

    Variable.get("plain")
    Variable.get("api_token")
    Variable.get("login", deserialize_json=True)

    assert redact("hello-there abcdef123456 somebody hunter22") == "hello-there *** somebody ***"
