"""StatsD lines as they arrive at a socket."""

from __future__ import annotations

import socket

import pytest

from tradewind.metrics import sending
from tradewind.metrics.emitter import SILENT, Emitter
from tradewind.metrics.gauges import Reading
from tradewind.metrics.names import METRICS
from tradewind.metrics.sending import GaugeSender
from tradewind.metrics.statsd import MOST_DATAGRAM_BYTES, StatsdSink
from tradewind.model.errors import ConfigurationError


@pytest.fixture
def listener():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        made.settimeout(60)
        yield made


def sink_to(listener: socket.socket, *, tags: str = "none", prefix: str = "airflow") -> StatsdSink:
    return StatsdSink(f"127.0.0.1:{listener.getsockname()[1]}", prefix=prefix, tags=tags)


@pytest.mark.parametrize(
    ("tags", "line"),
    [
        ("none", b"airflow.ti.finish.my_dag.a_b.success:1|c"),
        ("influxdb", b"airflow.ti.finish,dag_id=my_dag,task_id=a_b,state=success:1|c"),
        ("datadog", b"airflow.ti.finish:1|c|#dag_id:my_dag,task_id:a_b,state:success"),
    ],
)
def test_tags_are_written_as_the_collector_takes_them(listener: socket.socket, tags: str, line: bytes) -> None:
    sink = sink_to(listener, tags=tags)

    Emitter([sink]).count("ti.finish", 1, dag_id="my_dag", task_id="a b", state="success")
    sink.close()

    assert listener.recv(2000) == line


def test_timers_are_in_milliseconds_and_gauges_as_they_are(listener: socket.socket) -> None:
    sink = sink_to(listener, prefix="")
    emitter = Emitter([sink])

    emitter.time("dagrun.duration.success", 1.5, dag_id="d")
    emitter.gauge("executor.running_tasks", 3)
    emitter.flush()

    assert listener.recv(2000) == b"dagrun.duration.success.d:1500|ms\nexecutor.running_tasks:3|g"


def test_a_gauge_that_there_is_no_more_of_is_said_to_be_zero(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "GAUGES_EVERY_SECONDS", 0.01)
    task = {"queue": "default", "dag_id": "d", "task_id": "t"}
    seen = iter([[Reading("ti.running", 2, task), Reading("pool.open_slots", float("inf"), {"pool": "endless"})]])
    sender = GaugeSender(sink_to(listener), lambda: next(seen, [Reading("dagbag_size", 1)]))
    received = [listener.recv(2000) for _ in range(3)]
    sender.close()

    assert received == [
        b"airflow.ti.running.default.d.t:2|g",
        b"airflow.dagbag_size:1|g\nairflow.ti.running.default.d.t:0|g",
        b"airflow.dagbag_size:1|g",
    ]


def test_a_datagram_fits_a_packet(listener: socket.socket) -> None:
    sink = sink_to(listener)
    for number in range(100):
        Emitter([sink]).count("ti.start", 1, dag_id="d" * 50, task_id=str(number))
    sink.close()

    received = [listener.recv(65_000)]
    while received[-1].count(b"\n") and sum(part.count(b"\n") + 1 for part in received) < 100:
        received.append(listener.recv(65_000))

    assert sum(part.count(b"\n") + 1 for part in received) == 100
    assert max(map(len, received)) <= MOST_DATAGRAM_BYTES


def test_nobody_listening_is_no_error() -> None:
    sink = StatsdSink("no.such.host.invalid:8125", prefix="x", tags="none")

    Emitter([sink]).count("ti_successes")

    sink.close()


@pytest.mark.parametrize("address", ["localhost", ":8125", "localhost:port", ""])
def test_a_wrong_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="host:port"):
        StatsdSink(address, prefix="x", tags="none")


def test_silence_listens_to_nothing() -> None:
    SILENT.count("no such metric")

    assert not SILENT


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_dotted_name_is_made_of_the_metric_s_tags(name: str) -> None:
    metric = METRICS[name]

    found = metric.dotted.format(**dict.fromkeys(metric.tags, "x"))

    assert bool(metric.tags) == bool(found)
