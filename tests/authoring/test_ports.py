from tradewind.authoring import ports
from tradewind.model.messages import CountXComs, GetConnection, GetVariable, ListKeys, SetVariable


def test_alone_a_process_remembers_what_it_sets(caplog):
    alone = ports.EnvironmentSupervisor()

    alone.ask(SetVariable(key="a", value="1"))

    assert alone.ask(GetVariable(key="a")) == "1"
    assert alone.ask(ListKeys(kind="variable", prefix="a")) == ["a"]
    assert "for this process only" in caplog.text
    alone.ask(SetVariable(key="a", value=None))
    assert alone.ask(GetVariable(key="a")) is None


def test_alone_nothing_else_is_known():
    alone = ports.EnvironmentSupervisor()

    assert alone.ask(GetConnection(conn_id="c")) is None
    assert alone.ask(ListKeys(kind="connection")) == []
    assert alone.ask(CountXComs(try_id="t", task_id="x")) is None


def test_the_installed_one_answers_until_it_is_taken_away():
    other = ports.EnvironmentSupervisor()

    ports.install(other)
    assert ports.supervisor() is other
    ports.install(None)
    assert ports.supervisor() is not other


def test_names_in_the_environment(monkeypatch):
    monkeypatch.setenv("AIRFLOW_VAR_ONE", "1")
    monkeypatch.setenv("TRADEWIND_VAR_TWO", "")

    assert ports.variable_from_environment("one") == "1"
    assert ports.variable_from_environment("Two") == ""
    assert ports.variable_from_environment("three") is None
    assert {"one", "two"} <= set(ports.keys_from_environment(ports.VARIABLE_PREFIXES))
