import pickle
from datetime import UTC, datetime, timedelta

import pytest

from tradewind.authoring import exceptions
from tradewind.authoring.exceptions import AirflowException
from tradewind.model.errors import ConfigurationError, DagFileError, NotFoundError, SourceLocation, TradewindError


@pytest.mark.parametrize(("args", "text"), [((), ""), (("x",), "x"), (("a", 1), "('a', 1)"), ((ValueError("v"),), "v")])
def test_any_arguments_as_for_every_exception(args, text):
    error = AirflowException(*args)

    assert str(error) == text
    assert error.args == args


def test_a_hint_is_shown_below():
    assert str(exceptions.AirflowSkipException("no data", hint="come back")) == "no data\n  hint: come back"


@pytest.mark.parametrize(
    ("kind", "parents"),
    [
        (exceptions.AirflowFailException, (AirflowException, TradewindError)),
        (exceptions.AirflowNotFoundException, (AirflowException, NotFoundError)),
        (exceptions.AirflowConfigException, (AirflowException, ConfigurationError)),
        (exceptions.DuplicateTaskIdFound, (AirflowException, DagFileError)),
        (exceptions.TaskNotFound, (exceptions.AirflowNotFoundException,)),
        (exceptions.TaskDeferralTimeout, (exceptions.TaskDeferralError,)),
    ],
)
def test_what_they_are_caught_as(kind, parents):
    assert all(issubclass(kind, parent) for parent in parents)


@pytest.mark.parametrize(
    "kind", [exceptions.TaskDeferred, exceptions.AirflowTaskTimeout, exceptions.AirflowTaskTerminated]
)
def test_except_exception_lets_them_through(kind):
    assert not issubclass(kind, Exception)


def test_a_dag_files_mistake_knows_its_line():
    error = exceptions.ParamValidationError("bad", location=SourceLocation("dag.py", 3), hint="fix it")

    assert str(error) == "dag.py:3: bad\n  hint: fix it"


@pytest.mark.parametrize(
    "error",
    [
        AirflowException("a", 1, hint="h"),
        exceptions.XComNotFound("d", "t", "k"),
        exceptions.AirflowRescheduleException(datetime(2025, 1, 1, tzinfo=UTC)),
        exceptions.UnmappableXComTypePushed(5),
        exceptions.UnmappableXComLengthPushed([1, 2], 1),
        exceptions.AirflowFileParseException("m", "f.json", []),
    ],
)
def test_they_survive_pickling(error):
    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again), again.args) == (type(error), str(error), error.args)


def test_a_deferral_counts_its_timeout_in_seconds():
    deferred = exceptions.TaskDeferred(trigger="t", method_name="m", timeout=5)

    assert (deferred.timeout, deferred.method_name, deferred.kwargs) == (timedelta(seconds=5), "m", None)


def test_every_one_has_a_docstring():
    classes = [item for item in vars(exceptions).values() if isinstance(item, type) and issubclass(item, BaseException)]

    assert [kind.__name__ for kind in classes if not kind.__doc__] == []
