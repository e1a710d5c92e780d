from __future__ import annotations

import pytest

from tests.scheduler.conftest import dag
from tradewind.model.spec import ParamSpec
from tradewind.scheduler.params import ParamError, resolve_params


def param(name="p", **more):
    return ParamSpec(name, **more)


DEFAULT = param(has_default=True, default=3)
NUMBER = param(schema={"type": "integer", "minimum": 1}, has_default=True, default=3)
REQUIRED = param(schema={"type": "string"})
NULLABLE = param(schema={"type": ["null", "string"]}, has_default=True, default=None)


@pytest.mark.parametrize(
    ("params", "given", "resolved"),
    [
        ((), {}, {}),
        ((DEFAULT,), {}, {"p": 3}),
        ((DEFAULT,), {"p": None}, {"p": None}),
        ((NUMBER,), {"p": 7}, {"p": 7}),
        ((REQUIRED,), {"p": "x"}, {"p": "x"}),
        ((NULLABLE,), {}, {"p": None}),
        ((DEFAULT,), {"unknown": [1]}, {"p": 3, "unknown": [1]}),
    ],
)
def test_what_a_run_gets(params, given, resolved):
    assert resolve_params(dag(params=params), given) == resolved


def test_they_keep_the_dags_order():
    params = (param("b", has_default=True), param("a", has_default=True))
    assert list(resolve_params(dag(params=params), {"a": 1, "b": 2})) == ["b", "a"]


@pytest.mark.parametrize(
    ("params", "given", "message", "hint"),
    [
        ((NUMBER,), {"p": 0}, "param 'p' of DAG 'dag' must be bigger than or equal to 1; it is 0", "its schema is"),
        ((NUMBER,), {"p": "3"}, "param 'p' of DAG 'dag' must be integer; it is '3'", "its schema is"),
        ((NUMBER,), {"p": True}, "must be integer; it is True", "its schema is"),
        ((REQUIRED,), {}, "param 'p' of DAG 'dag' has no default and no value was given", "--params '{\"p\": …}'"),
        ((REQUIRED,), {"p": None}, "must be string; it is None", "its schema is"),
        ((param(schema={"type": "string"}, description="a name"),), {"p": 1}, "must be string", "a name"),
        ((param(schema={"type": "text"}, has_default=True),), {}, "the schema of param 'p' of DAG 'dag'", "mend it"),
        ((param(schema={"enum": ["a"]}, has_default=True, default="b"),), {}, "must be one of", "its schema is"),
    ],
)
def test_what_is_refused_and_how_it_is_said(params, given, message, hint):
    with pytest.raises(ParamError) as refused:
        resolve_params(dag(params=params), given)
    assert message in refused.value.message
    assert hint in refused.value.hint
