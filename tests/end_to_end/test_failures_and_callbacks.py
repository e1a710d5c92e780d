"""Retries, callbacks, mail, time limits of runs and what a failure does to the rest: seen through real runs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_string, policy
from itertools import pairwise
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from tests.end_to_end.conftest import Place


class Sink:
    """Keeps the mails it gets."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # aiosmtpd's name
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, dict[str, str]]]:
    kept = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, {"TRADEWIND_SMTP_HOST": "127.0.0.1", "TRADEWIND_SMTP_PORT": str(port)}
    controller.stop()


RETRIED = """
    def told(name):
        def callback(context):
            ti = context["ti"]
            note(f"{name} {ti.task_id} {ti.try_number} {type(context.get('exception')).__name__}")
        return callback

    callbacks = dict(
        on_execute_callback=told("execute"),
        on_retry_callback=told("retry"),
        on_failure_callback=[told("failure"), told("failure again")],
        on_success_callback=told("success"),
        on_skipped_callback=told("skipped"),
        retry_delay=timedelta(seconds=0.2),
    )

    @task(retries=2, **callbacks)
    def third_time_lucky(ti=None):
        note(f"runs {ti.try_number} {time.time()}")
        if ti.try_number < 3:
            raise KeyError("not yet")

    @task(retries=1, **callbacks)
    def never():
        raise ValueError("never")

    @task(retries=5, **callbacks)
    def gives_up():
        from airflow.exceptions import AirflowFailException
        raise AirflowFailException("for good")

    @task(**callbacks)
    def skips():
        from airflow.exceptions import AirflowSkipException
        raise AirflowSkipException("not today")

    def breaks(context):
        raise RuntimeError("in the callback")

    @task(on_success_callback=breaks)
    def with_a_bad_callback():
        pass

    third_time_lucky(), never(), gives_up(), skips(), with_a_bad_callback()
"""


def test_retries_with_delays_and_callbacks(place: Place) -> None:
    ended = place.run(place.dag(RETRIED))

    assert ended.code == 1
    assert place.states() == {
        "third_time_lucky": "success",
        "never": "failed",
        "gives_up": "failed",
        "skips": "skipped",
        "with_a_bad_callback": "success",
    }
    told = [line for line in place.trace if not line.startswith("runs")]
    assert [line for line in told if "third" in line] == [
        "execute third_time_lucky 1 NoneType",
        "retry third_time_lucky 1 KeyError",
        "execute third_time_lucky 2 NoneType",
        "retry third_time_lucky 2 KeyError",
        "execute third_time_lucky 3 NoneType",
        "success third_time_lucky 3 NoneType",
    ]
    assert [line for line in told if "never" in line and "execute" not in line] == [
        "retry never 1 ValueError",
        "failure never 2 ValueError",
        "failure again never 2 ValueError",
    ]
    assert [line for line in told if "gives_up" in line][1:] == [
        "failure gives_up 1 AirflowFailException",
        "failure again gives_up 1 AirflowFailException",
    ]
    assert "skipped skips 1 AirflowSkipException" in told
    starts = [float(line.split()[2]) for line in place.trace if line.startswith("runs")]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(starts))
    assert "in the callback" in place.log("with_a_bad_callback")


def test_mail_on_failure_and_on_retry(place: Place, sink: tuple[Sink, dict[str, str]]) -> None:
    kept, where = sink
    file = place.dag(
        """
        @task(email=["a@example.org", "b@example.org"], retries=1, retry_delay=timedelta(0))
        def trains():
            raise ValueError("the loss is NaN")

        @task(email="c@example.org", email_on_failure=False, email_on_retry=False)
        def silent():
            raise ValueError

        @task(email="d@example.org", resources=dict(memory="100MiB"))
        def killed():
            os.kill(os.getpid(), 9)
        trains(), silent(), killed()
        """,
        name="mailing",
    )

    ended = place.run(file, **where, TRADEWIND_MAX_LOST_TRIES="0")

    assert ended.code == 1
    to_trains = [mail for mail in kept.mails if mail[1] == ["a@example.org", "b@example.org"]]
    assert len(to_trains) == 2, "one when it is tried again, one when it has failed"
    [of_failure] = [mail[2] for mail in to_trains if "[failed]" in mail[2]]
    for text in ("mailing", "trains", "the loss is NaN"):
        assert text in of_failure
    [of_killed] = [mail[2] for mail in kept.mails if mail[1] == ["d@example.org"]]
    assert "SIGKILL" in of_killed, "its process is gone; another one sends its mail"
    assert not [mail for mail in kept.mails if "c@example.org" in mail[1]]


def test_a_mail_that_cannot_be_sent_changes_nothing(place: Place) -> None:
    file = place.dag("@task(email='a@example.org')\ndef fails():\n    raise ValueError('mine')\nfails()")

    ended = place.run(file, TRADEWIND_SMTP_PORT="1")

    assert ended.code == 1
    assert place.tries("fails")[0].error == "mine"
    assert "mail" in place.log("fails")


def test_callbacks_of_the_dag(place: Place) -> None:
    head = """
    def told(name):
        def tell(context):
            run, ti = context["dag_run"], context["ti"]
            note(f"{name} {run.run_id} {run.state} {context['reason']} {ti.task_id} {ti.state} {ti.try_number}")
        return tell
    """
    arguments = "on_success_callback=told('succeeded'), on_failure_callback=told('failed')"
    tasks = "@task(retries=1, retry_delay=timedelta(0))\ndef a():\n    {}\n@task\ndef b(): ...\na() >> b()"
    for name, body in (("well", "pass"), ("badly", "raise ValueError")):
        file = place.dag(tasks.format(body), name=name, head=head, arguments=arguments)
        place.run(file, "--run-id", "r")

    assert place.trace == ["succeeded r success success b success 1", "failed r failed task_failure a failed 2"]


def test_a_run_that_is_out_of_time(place: Place) -> None:
    file = place.dag(
        """
        @task
        def slow():
            try:
                note("begins")
                time.sleep(600)
            finally:
                note("cleaned up")

        @task
        def after(): ...
        slow() >> after()
        """,
        # so long may its first task take to begin
        arguments="dagrun_timeout=timedelta(seconds=5), on_failure_callback=lambda context: note(context['reason'])",
    )

    ended = place.run(file)

    assert ended.code == 1, ended.output
    assert sorted(place.trace) == ["begins", "cleaned up", "timed_out"]
    assert place.states() == {"slow": "failed", "after": "skipped"}
    place.is_quiet()


def test_fail_fast_stops_the_others(place: Place) -> None:
    file = place.dag(
        """
        @task
        def slow():
            note("begins")
            time.sleep(600)

        @task
        def fails():
            while not os.path.exists(os.environ["TRACE"]):
                time.sleep(0.01)
            raise ValueError
        slow(), fails()
        """,
        arguments="fail_fast=True",
    )

    ended = place.run(file)

    assert ended.code == 1
    assert place.states() == {"slow": "failed", "fails": "failed"}


def test_teardowns_run_though_the_work_fails(place: Place) -> None:
    file = place.dag(
        """
        from airflow.decorators import setup, teardown

        @setup
        def make_cluster():
            note("made")
            return "cluster 7"

        @teardown
        def delete_cluster(name):
            note(f"deleted {name}")

        @task
        def work():
            raise ValueError

        @task
        def more_work():
            note("must not run")

        made = make_cluster()
        made >> work() >> more_work() >> delete_cluster(made)
        """
    )

    ended = place.run(file)

    assert ended.code == 1
    assert place.trace == ["made", "deleted cluster 7"]
    assert place.states() == {
        "make_cluster": "success",
        "work": "failed",
        "more_work": "upstream_failed",
        "delete_cluster": "success",
    }


def test_depends_on_past_over_two_runs(place: Place) -> None:
    file = place.dag(
        """
        @task(depends_on_past=True)
        def each_day(ds=None):
            note(ds)
            if ds == os.environ.get("FAIL"):
                raise ValueError
        each_day()
        """,
        arguments="start_date=datetime(2025, 1, 1)",
    )

    assert place.run(file, "--logical-date", "2025-01-01").code == 0
    assert place.run(file, "--logical-date", "2025-01-02", FAIL="2025-01-02").code == 1
    blocked = place.run(file, "--logical-date", "2025-01-03")

    assert blocked.code == 1, blocked.output
    blocked.has("each_day", "depends_on_past")
    assert place.trace == ["2025-01-01", "2025-01-02"]


HANGING = """
    def hangs(context):
        note("hangs")
        time.sleep(3600)

    def told(context):
        note(f"told {type(context['exception']).__name__}" if "exception" in context else "told")

    def stubborn(context):
        import signal
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        time.sleep(3600)

    @task(on_success_callback=[hangs, told])
    def first():
        return 1

    @task
    def second(value):
        note("second")

    @task(on_failure_callback=[hangs, told], email="x@example.org")
    def fails():
        raise KeyError("why")

    @task(on_success_callback=stubborn)
    def with_a_stubborn_callback():
        pass

    second(first()), fails(), with_a_stubborn_callback()
"""


def test_nothing_waits_for_a_callback_that_hangs(place: Place) -> None:
    """Nor for a mail server that hangs: it accepts, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = str(silent.getsockname()[1])
        ended = place.run(
            place.dag(HANGING),
            TRADEWIND_CALLBACK_TIMEOUT_SECONDS="8",
            TRADEWIND_SMTP_HOST="127.0.0.1",
            TRADEWIND_SMTP_PORT=port,
        )
    assert ended.code == 1
    assert place.states() == {
        "first": "success",
        "second": "success",
        "fails": "failed",
        "with_a_stubborn_callback": "success",
    }
    assert sorted(line for line in place.trace if line.startswith("told")) == ["told", "told KeyError"]
    assert place.trace.index("second") < place.trace.index("told"), "it did not wait for the callback that hangs"
    place.tradewind("runs", "show", "flow").has(
        "on_success_callback hangs: AirflowTaskTimeout",
        "email: AirflowTaskTimeout",
        "with_a_stubborn_callback: callbacks: it did not end after its report",
    )
    assert "callback_timeout_seconds" in place.log("first")


def test_the_failure_mail_may_be_a_template_of_ones_own(place: Place, sink: tuple[Sink, dict[str, str]]) -> None:
    kept, server = sink
    subject, body = place.folder / "subject.txt", place.folder / "body.html"
    subject.write_text("[{{ ti.dag_id }}] {{ ti.task_id }} broke ({{ default_subject | length > 0 }})")
    body.write_text("<h1>{{ exception_html }}</h1><p>try {{ ti.try_number }} of {{ max_tries }}, {{ params.team }}</p>")
    file = place.dag(
        """
        @task(email="ops@example.com", params={"team": "forecast"})
        def breaks():
            raise ValueError("<boom>")
        breaks()
        """
    )

    place.run(
        file,
        **server,
        TRADEWIND_EMAIL_SUBJECT_TEMPLATE=str(subject),
        TRADEWIND_EMAIL_HTML_TEMPLATE=str(body),
    )

    ((_, to, mail),) = kept.mails
    told = message_from_string(mail, policy=policy.default)
    assert to == ["ops@example.com"]
    assert told["Subject"] == "[flow] breaks broke (True)"
    html = told.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == "<h1>ValueError: &lt;boom&gt;</h1><p>try 1 of 1, forecast</p>"


def test_a_template_that_is_not_there_is_told_of_and_changes_nothing_else(
    place: Place, sink: tuple[Sink, dict[str, str]]
) -> None:
    kept, server = sink
    file = place.dag('@task(email="ops@example.com")\ndef breaks():\n    raise ValueError("boom")\nbreaks()')

    ended = place.run(file, **server, TRADEWIND_EMAIL_HTML_TEMPLATE="/nowhere/body.html")

    assert ended.code == 1
    assert kept.mails == []
    assert place.states() == {"breaks": "failed"}
    place.tradewind("runs", "show", "flow").has("callbacks that did not work", "/nowhere/body.html")
