"""What is told to the outside: spans to a collector, metrics over UDP, logs of tries that are killed."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from tests.end_to_end.conftest import Place

from tradewind.model.ids import RunKey
from tradewind.model.log_format import read_log
from tradewind.scheduler.trace_ids import trace_id, traceparent

PARTS = ("SchedulerJob", "DagProcessorJob", "TriggererJob")


class Collector:
    """OTLP over HTTP, as far as a test needs it."""

    def __init__(self) -> None:
        self.spans: dict[str, tuple[str, str]] = {}
        """Name → trace id and parent, in hex."""
        spans = self.spans

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    import gzip

                    body = gzip.decompress(body)
                for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                    for scope in resource.scope_spans:
                        for span in scope.spans:
                            spans[span.name] = (span.trace_id.hex(), span.parent_span_id.hex())
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.server.shutdown()
    made.server.server_close()


TRACED = """
    @task
    def tells():
        note(os.environ["TRACEPARENT"])

    tells()
"""


def test_a_task_finds_its_span_in_the_run_s_trace(place: Place, collector: Collector) -> None:
    file = place.dag(TRACED, head="import os")

    ended = place.run(file, TRADEWIND_OTEL_ENDPOINT=collector.url)

    assert ended.code == 0, ended.output
    key = RunKey("flow", place.newest_run().run_id)
    (tried,) = place.tries("tells")
    assert place.trace == [traceparent(key, tried.try_id)]
    trace = f"{trace_id(key):032x}"
    assert collector.spans["flow"][0] == collector.spans["tells"][0] == trace
    assert collector.spans["tells"][1] != collector.spans["flow"][1] == ""


def test_a_dead_collector_holds_up_nothing(place: Place) -> None:
    file = place.dag(TRACED, head="import os")

    ended = place.run(file, TRADEWIND_OTEL_ENDPOINT="http://127.0.0.1:9")

    assert ended.code == 0, ended.output


def test_the_log_of_a_try_that_is_killed_has_all_it_said(place: Place) -> None:
    """Whole lines are there the moment they are written; `raw` goes by file descriptor, and even a line that has no end
    yet is there."""
    file = place.dag(
        """
        @task
        def dies():
            print("a whole line")
            os.write(1, b"raw, without an end")
            print("still to come, ", end="", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

        dies()
        """,
        head="import os, signal",
    )

    ended = place.run(file, TRADEWIND_LOG_FORMAT="json", TRADEWIND_MAX_LOST_TRIES="0")

    assert ended.code == 1
    (tried,) = place.tries("dies")
    path = place.home / "logs" / tried.log_path
    texts = [record.text for record in read_log(path)]
    assert texts[0] == "a whole line"
    assert "raw, without an end" in texts
    assert "still to come, " in texts
    assert {json.loads(line)["task_id"] for line in path.read_text().splitlines()} == {"dies"}


def test_a_service_sends_metrics_over_udp(place: Place) -> None:
    place.dag("@task\ndef a(): ...\na()\n", arguments="start_date=datetime(2025, 1, 1), is_paused_upon_creation=False")
    file = place.dags / "flow.py"
    file.write_text(file.read_text().replace("schedule=None", "schedule='@once'"))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(100)
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        service = place.start("standalone", TRADEWIND_DAGS_FOLDER=str(place.dags), TRADEWIND_STATSD_ADDRESS=address)
        try:
            seen = ""
            wanted = ("ti.finish.flow.a.success:1|c", "pool.open_slots.default_pool:", "triggerer_heartbeat:")
            while not all(name in seen for name in wanted):
                seen += listener.recv(65_000).decode() + "\n"
        finally:
            service.terminate()
            place.end_of(service)
        while not all(f"{part}_end:" in seen for part in PARTS):
            seen += listener.recv(65_000).decode() + "\n"

    assert "airflow.ti.finish.flow.a.success:1|c" in seen
    assert "airflow.pool.open_slots.default_pool:" in seen
    assert "airflow.executor.open_slots:" in seen
    for part in PARTS:
        assert f"airflow.{part}_start:1|c" in seen
        assert f"airflow.{part}_end:1|c" in seen
