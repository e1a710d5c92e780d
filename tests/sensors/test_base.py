from datetime import UTC, datetime, timedelta

import pytest

from tradewind.authoring.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
)
from tradewind.authoring.sensor import BaseSensorOperator, PokeReturnValue, poke_mode_only
from tradewind.model.errors import DagFileError


class Scripted(BaseSensorOperator):
    """Answers what it was told to, one poke after another; an exception is raised."""

    def __init__(self, *, answers, **kwargs):
        super().__init__(**{"poke_interval": 0, "timeout": 60, **kwargs})
        self.answers = list(answers)

    def poke(self, context):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_it_pokes_until_it_is_there(dag, context_of):
    sensor = Scripted(task_id="s", answers=[False, False, PokeReturnValue(True, {"rows": 3}), "never asked"])

    assert sensor.execute(context_of(sensor)) == {"rows": 3}
    assert sensor.answers == ["never asked"]


def test_a_plain_true_gives_no_value(dag, context_of):
    sensor = Scripted(task_id="s", answers=[True])

    assert sensor.execute(context_of(sensor)) is None


@pytest.mark.parametrize(
    ("options", "answer", "error"),
    [
        ({"timeout": 0}, False, AirflowSensorTimeout),
        ({"timeout": 0, "soft_fail": True}, False, AirflowSkipException),
        ({"timeout": 0, "never_fail": True}, False, AirflowSkipException),
        ({}, ValueError("boom"), ValueError),
        ({"never_fail": True}, ValueError("boom"), AirflowSkipException),
        ({"soft_fail": True}, ValueError("boom"), ValueError),
        ({"soft_fail": True}, AirflowFailException("no"), AirflowSkipException),
        ({"silent_fail": True}, AirflowSkipException("skip"), AirflowSkipException),
    ],
)
def test_how_it_fails(dag, context_of, options, answer, error):
    sensor = Scripted(task_id="s", answers=[answer], **options)

    with pytest.raises(error):
        sensor.execute(context_of(sensor))


def test_silent_fail_goes_on_after_an_error(dag, context_of):
    sensor = Scripted(task_id="s", answers=[ValueError("boom"), True], silent_fail=True)

    sensor.execute(context_of(sensor))

    assert sensor.answers == []


def test_the_timeout_counts_from_the_first_try(dag, context_of):
    sensor = Scripted(task_id="s", answers=[False], timeout=timedelta(hours=1), poke_interval=timedelta(minutes=1))
    context = context_of(sensor)
    context["ti"].first_started_at = datetime.now(UTC) - timedelta(hours=2)

    with pytest.raises(AirflowSensorTimeout, match=r"720\d\.\d seconds exceeds the specified timeout of 3600"):
        sensor.execute(context)


def test_reschedule_mode_frees_the_process(dag, context_of):
    sensor = Scripted(task_id="s", answers=[False], mode="reschedule", poke_interval=30)
    before = datetime.now(UTC)

    with pytest.raises(AirflowRescheduleException) as raised:
        sensor.execute(context_of(sensor))

    assert timedelta(seconds=29) < raised.value.reschedule_date - before < timedelta(seconds=35)


def test_backoff_doubles_spreads_and_is_bounded(dag, context_of):
    sensor = Scripted(task_id="s", answers=[], poke_interval=10, exponential_backoff=True, max_wait=200)
    context = context_of(sensor)

    waits = [sensor._wait_seconds(context, pokes) for pokes in (1, 2, 3, 50)]

    assert all(10 * 2**n <= wait < 20 * 2**n for n, wait in enumerate(waits[:3]))
    assert waits[3] == 200
    assert waits == [sensor._wait_seconds(context, pokes) for pokes in (1, 2, 3, 50)]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"mode": "push"},
            AirflowException,
            r"The mode must be one of \['poke', 'reschedule'\],'d.s'; received 'push'",
        ),
        ({"poke_interval": -1}, AirflowException, "poke_interval must be timedelta or a non-negative number"),
        ({"timeout": "soon"}, AirflowException, "timeout must be"),
        ({"soft_fail": True, "never_fail": True}, ValueError, "mutually exclusive"),
        ({"pokeinterval": 3}, DagFileError, "did you mean 'poke_interval'"),
    ],
)
def test_arguments_that_make_no_sense(dag, options, error, message):
    with pytest.raises(error, match=message):
        Scripted(task_id="s", answers=[], **options)


def test_poke_mode_only(dag):
    @poke_mode_only
    class Always(Scripted):
        pass

    assert Always(task_id="a", answers=[]).mode == "poke"
    with pytest.raises(ValueError, match="Only 'poke' is acceptable"):
        Always(task_id="b", answers=[], mode="reschedule")
