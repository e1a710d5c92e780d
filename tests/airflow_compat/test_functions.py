import os
import sys
import threading
from types import ModuleType

import pytest

from tradewind.airflow_compat import functions
from tradewind.airflow_compat.loading import (
    add_deprecated_classes,
    get_unique_dag_module_name,
    import_string,
    is_valid_dotpath,
    qualname,
)
from tradewind.airflow_compat.places import TimeLimit
from tradewind.airflow_compat.states import State
from tradewind.authoring.exceptions import AirflowException, AirflowTaskTimeout


def test_lists_in_pieces():
    assert list(functions.chunks([1, 2, 3], 2)) == [[1, 2], [3]]
    assert functions.reduce_in_chunks(lambda total, part: total + sum(part), [1, 2, 3], 0, 2) == 6
    with pytest.raises(ValueError, match="positive"):
        list(functions.chunks([1], 0))


@pytest.mark.parametrize(("values", "one"), [((0, 1), True), ((1, 1), False), ((None, ""), False)])
def test_exactly_one(values, one):
    assert functions.exactly_one(*values) is one
    with pytest.raises(ValueError, match="themselves"):
        functions.exactly_one(values)


def test_dicts():
    assert functions.prune_dict({"a": None, "b": {"c": None, "d": 0}, "e": [None, 1]}) == {"b": {"d": 0}, "e": [1]}
    assert functions.prune_dict({"a": 0, "b": {"c": ""}, "d": 1}, mode="truthy") == {"d": 1}
    assert functions.merge_dicts({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}, "d": 4}) == {"a": {"b": 1, "c": 3}, "d": 4}


@pytest.mark.parametrize(("key", "error"), [("a b", AirflowException), ("x" * 251, AirflowException), (5, TypeError)])
def test_keys(key, error):
    functions.validate_key("a.b-c_1")
    with pytest.raises(error):
        functions.validate_key(key)


def test_texts():
    assert functions.convert_camel_to_snake("BashOperator") == "bash_operator"
    assert [functions.to_boolean(text) for text in ("Yes", " on ", "0", None)] == [True, True, False, False]
    assert (
        functions.remove_task_decorator("@task.virtualenv(a=(1))\ndef f(): pass", "@task.virtualenv") == "def f(): pass"
    )
    assert len(functions.get_random_string(12)) == 12


def test_the_environment_is_put_back(monkeypatch):
    monkeypatch.setenv("ONE", "1")
    monkeypatch.delenv("TWO", raising=False)

    with functions.patch_environ({"ONE": "x", "TWO": "y"}):
        assert (os.environ["ONE"], os.environ["TWO"]) == ("x", "y")

    assert os.environ["ONE"] == "1"
    assert "TWO" not in os.environ


def test_objects_by_name():
    assert import_string("os.path.join") is os.path.join
    assert (
        qualname(AirflowException)
        == qualname(AirflowException("x"))
        == "tradewind.authoring.exceptions.AirflowException"
    )
    assert is_valid_dotpath("a.b")
    assert not is_valid_dotpath("a.b:c")
    assert get_unique_dag_module_name("/dags/my-dag.py") != get_unique_dag_module_name("/other/my-dag.py")
    for path in ("nodots", "os.nothing"):
        with pytest.raises(ImportError):
            import_string(path)


def test_classes_that_have_moved(monkeypatch):
    monkeypatch.setitem(sys.modules, "acme", ModuleType("acme"))

    add_deprecated_classes({"old": {"Join": "os.path.join"}}, "acme")

    assert sys.modules.pop("acme.old").Join is os.path.join


def test_a_time_limit():
    with pytest.raises(AirflowTaskTimeout, match="too slow"), TimeLimit(0.01, "too slow"):
        threading.Event().wait(10)
    with TimeLimit(60):
        pass


def test_a_time_limit_inside_another():
    def work():
        with TimeLimit(60, "inner"):
            pass
        threading.Event().wait(10)

    with pytest.raises(AirflowTaskTimeout, match="outer"), TimeLimit(0.05, "outer"):
        work()


def test_states_equal_their_texts():
    assert State.SUCCESS == "success"
    assert State.NONE is None
    assert State.color(State.FAILED) == "red"
    assert State.finished | State.unfinished == set(State.task_states)
