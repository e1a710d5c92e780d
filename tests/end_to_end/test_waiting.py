"""Deferred tasks with real processes: a run, a triggerer, and whoever of them dies."""

from __future__ import annotations

import os
import signal

from tests.end_to_end.conftest import Place

from tradewind.model.states import TryState

HEAD = """
import asyncio
from pathlib import Path
from airflow.sdk import BaseOperator
from airflow.triggers.base import BaseTrigger, TriggerEvent, TaskSuccessEvent

class Gate(BaseTrigger):
    '''Opens when a file of this name is there.'''
    def __init__(self, name, answer=None):
        super().__init__()
        self.name, self.answer = name, answer

    def serialize(self):
        return f"{type(self).__module__}.{type(self).__qualname__}", {"name": self.name, "answer": self.answer}

    async def run(self):
        note(f"waits for {self.name}")
        while not os.path.exists(self.name):
            await asyncio.sleep(0.02)
        yield TriggerEvent(self.answer)

class Defers(BaseOperator):
    template_fields = ("name",)

    def __init__(self, trigger=Gate, name="open", timeout=None, **more):
        super().__init__(**more)
        self.trigger, self.name, self.seconds = trigger, name, timeout

    def execute(self, context):
        note(f"execute {self.task_id}")
        when = datetime(2025, 3, 4)
        self.defer(trigger=self.trigger(self.name, when), method_name="back", kwargs={"pair": (1, 2)},
                   timeout=self.seconds and timedelta(seconds=self.seconds))

    def back(self, context, event, pair):
        note(f"back {self.name} {event:%Y-%m-%d} {pair} try {context['ti'].try_number}")
        return event.year
"""


def test_a_task_gives_its_process_back_and_goes_on_with_the_event(place: Place) -> None:
    file = place.dag(
        "Defers(task_id='t', name=os.environ['HERE'] + '/{{ params.f }}', params={'f': 'open'})", head=HEAD
    )
    run = place.start("run", "--plain", file, HERE=str(place.folder))
    place.wait_for_note(f"waits for {place.folder}/open")
    assert place.states() == {"t": "deferred"}

    (place.folder / "open").touch()

    assert place.end_of(run).code == 0
    assert place.trace[-1] == f"back {place.folder}/open 2025-03-04 (1, 2) try 1"
    assert [(one.number, one.state) for one in place.tries("t")] == [(1, TryState.DEFERRED), (1, TryState.SUCCESS)]
    assert "fired" in place.log("t")
    place.is_quiet()


def test_a_trigger_lies_in_a_module_beside_the_dag_file(place: Place) -> None:
    place.write("own/__init__.py", "")
    place.write(
        "own/triggers.py",
        """
        from airflow.triggers.base import BaseTrigger, TriggerEvent
        class Now(BaseTrigger):
            def __init__(self, name, answer): self.arguments = {"name": name, "answer": answer}
            def serialize(self): return "own.triggers.Now", self.arguments
            async def run(self):
                yield TriggerEvent(self.arguments["answer"])
        """,
    )
    file = place.dag("Defers(task_id='t', trigger=Now)", head=f"{HEAD}\nfrom own.triggers import Now\n")

    assert place.run(file).code == 0

    assert place.trace[-1] == "back open 2025-03-04 (1, 2) try 1"


def test_a_class_that_cannot_be_imported_fails_the_task_with_the_places_looked_at(place: Place) -> None:
    head = f"{HEAD}\nclass Nowhere(Gate):\n    def serialize(self): return 'no_such.place.Trigger', {{}}\n"
    ended = place.run(place.dag("Defers(task_id='t', trigger=Nowhere)", head=head))

    assert ended.code == 1
    ended.has("'no_such.place.Trigger' cannot be imported", "no_such", "looked for module 'no_such.place' in")


def test_a_trigger_that_raises_gives_its_traceback_to_the_task(place: Place) -> None:
    head = (
        f"{HEAD}\nclass Raises(Gate):\n    async def run(self):\n        raise ValueError('no luck')\n        yield\n"
    )
    ended = place.run(place.dag("Defers(task_id='t', trigger=Raises)", head=head))

    assert ended.code == 1
    ended.has("raise ValueError('no luck')", "flow.py", "TaskDeferralError")


def test_a_trigger_that_ends_without_an_event_fails_its_task(place: Place) -> None:
    head = f"{HEAD}\nclass Ends(Gate):\n    async def run(self):\n        if False: yield\n"
    ended = place.run(place.dag("Defers(task_id='t', trigger=Ends)", head=head))

    assert ended.code == 1
    ended.has("exited without sending an event", "TaskDeferralError")


def test_an_argument_that_cannot_be_written_is_named(place: Place) -> None:
    head = f"{HEAD}\nclass Odd(Gate):\n    def serialize(self): return 'flow.Odd', {{'lock': object()}}\n"
    ended = place.run(place.dag("Defers(task_id='t', trigger=Odd)", head=head))

    assert ended.code == 1
    ended.has("argument 'lock' of trigger flow.Odd is a builtins.object")


def test_a_trigger_that_blocks_the_loop_is_named_in_the_log_with_its_line(place: Place) -> None:
    head = f"{HEAD}\nclass Blocks(Gate):\n    async def run(self):\n        time.sleep(0.6)\n        yield TriggerEvent(self.answer)\n"
    ended = place.run(place.dag("Defers(task_id='t', trigger=Blocks)", head=head))

    assert ended.code == 0
    ended.has("Blocks of flow.t in run", "kept the triggerer from serving", "time.sleep(0.6)")


def test_a_trigger_may_end_its_task_with_a_value_and_without_a_process(place: Place) -> None:
    head = f"{HEAD}\nclass Done(Gate):\n    async def run(self):\n        yield TaskSuccessEvent(xcoms={{'return_value': [7]}})\n"
    body = "t = Defers(task_id='t', trigger=Done)\n@task\ndef read(x): note(f'read {x}')\nread(t.output)"
    ended = place.run(place.dag(body, head=head))

    assert ended.code == 0
    assert place.trace == ["execute t", "read [7]"]


def test_a_deferral_that_is_out_of_time_fails_and_is_retried_from_the_start(place: Place) -> None:
    body = "Defers(task_id='t', name='never', timeout=0.5, retries=1, retry_delay=timedelta(0))"
    ended = place.run(place.dag(body, head=HEAD))

    assert ended.code == 1
    ended.has("TaskDeferralTimeout")
    assert place.trace.count("execute t") == 2


def test_a_killed_process_of_triggers_doubles_nothing(place: Place) -> None:
    run = place.start("run", "--plain", place.dag("Defers(task_id='t')", head=HEAD))
    place.wait_for_note("waits for open")
    _kill_all(place, "triggerer.process")
    place.wait_for(lambda: place.trace.count("waits for open") == 2)

    (place.folder / "open").touch()

    assert place.end_of(run).code == 0
    assert [line for line in place.trace if line.startswith("back")] == ["back open 2025-03-04 (1, 2) try 1"]


def test_a_killed_triggerer_is_replaced(place: Place) -> None:
    run = place.start("run", "--plain", place.dag("Defers(task_id='t')", head=HEAD))
    place.wait_for_note("waits for open")
    _kill_all(place, "triggerer_service.serve")
    place.wait_for(lambda: place.trace.count("waits for open") == 2)

    (place.folder / "open").touch()

    assert place.end_of(run).code == 0
    assert [line for line in place.trace if line.startswith("back")] == ["back open 2025-03-04 (1, 2) try 1"]
    place.is_quiet()


def test_an_event_that_came_while_nobody_drove_the_run_is_gone_on_with(place: Place) -> None:
    triggerer = place.start("triggerer")
    run = place.start("run", "--plain", place.dag("Defers(task_id='t')", head=HEAD))
    place.wait_for_note("waits for open")
    run.kill()
    place.end_of(run)
    (place.folder / "open").touch()
    place.wait_for(lambda: _is_fired(place))

    resumed = place.tradewind("runs", "resume", "flow", place.newest_run().run_id)

    assert resumed.code == 0, resumed.output
    assert place.trace == ["execute t", "waits for open", "back open 2025-03-04 (1, 2) try 1"]
    triggerer.terminate()
    assert place.end_of(triggerer).code == 0
    place.is_quiet()


def test_a_resumed_try_that_is_lost_begins_again_with_the_same_event(place: Place) -> None:
    head = HEAD.replace(
        "    def back(self, context, event, pair):\n",
        "    def back(self, context, event, pair):\n"
        "        if 'lost' not in open(os.environ['TRACE']).read():\n"
        "            note('lost'); os.kill(os.getpid(), 9)\n",
    )
    (place.folder / "open").touch()
    ended = place.run(place.dag("Defers(task_id='t')", head=head))

    assert ended.code == 0
    assert place.trace == ["execute t", "waits for open", "lost", "back open 2025-03-04 (1, 2) try 1"]


def test_a_cancelled_task_takes_its_trigger_along(place: Place) -> None:
    head = f"{HEAD}\nclass Told(Gate):\n    async def on_kill(self): note('told to end')\n"
    run = place.start("run", "--plain", place.dag("Defers(task_id='t', trigger=Told)", head=head))
    place.wait_for_note("waits for open")

    run.send_signal(signal.SIGINT)

    assert place.end_of(run).code == 130
    assert place.trace[-1] == "told to end"
    place.is_quiet()


def test_five_hundred_wait_at_once_and_each_goes_on_once(place: Place) -> None:
    body = """
    from airflow.providers.standard.sensors.filesystem import FileSensor
    FileSensor.partial(task_id='t', max_active_tis_per_dag=None).expand(filepath=[f'{os.getcwd()}/go'] * 500)
    """
    run = place.start("run", "-q", place.dag(body, arguments="max_active_tasks=500"))
    place.wait_for(lambda: place.home.exists() and list(_states(place).values()).count("deferred") == 500)

    (place.folder / "go").touch()

    assert place.end_of(run).code == 0
    assert set(_states(place).values()) == {"success"}


def test_a_question_is_answered_also_while_nobody_drives_the_run(place: Place) -> None:
    body = """
    from airflow.providers.standard.operators.hitl import ApprovalOperator
    from airflow.sdk import Param
    a = ApprovalOperator(task_id='a', subject='ship {{ params.what }}?', params={'what': Param('it')}, assigned_users=['ann'])
    @task
    def after(x): note(f"{x['chosen_options']} {x['params_input']} {x['responded_by_user']['id']}")
    after(a.output)
    """
    run = place.start("run", "--plain", place.dag(body))
    place.wait_for(lambda: place.home.exists() and _states(place).get("a") == "deferred")
    run.kill()
    place.end_of(run)

    place.tradewind("approvals", "list").has("ship it?")
    place.tradewind("approvals", "answer", "flow", "a", "Approve", "--as", "bob").has("'bob' may not answer", "ann")
    place.tradewind("approvals", "answer", "flow", "a", "Approve", "-p", "what=all", "--as", "ann").has("Approve")
    resumed = place.tradewind("runs", "resume", "flow", place.newest_run().run_id)

    assert resumed.code == 0, resumed.output
    assert place.trace == ["['Approve'] {'what': 'all'} ann"]
    place.is_quiet()


def _states(place: Place) -> dict[str, str]:
    with place.store() as store:
        return place.states() if store.runs(dag_id="flow", limit=1) else {}


def _is_fired(place: Place) -> bool:
    with place.store() as store:
        return any(one.outcome is not None for one in store.deferrals())


def _kill_all(place: Place, part: str) -> None:
    for pid in [pid for pid, line in place.processes().items() if part in line]:
        os.kill(pid, signal.SIGKILL)
