"""What people who look on cost: `python -m benchmarks.ui.live_viewers`, from the root of the repository.

A service runs `--tasks` small tasks in reused processes, with nobody looking on and with `--viewers` (200) live streams
(server-sent events), by turns, `--repeat` times each: tasks a second, CPU seconds of the scheduler's process and of the
API's, and how long after its commit an event is at a viewer. CPU seconds compare on a busy machine, too.
Then `--log-streams` (10,000) streams of one growing log are opened at once: how many are served, how the others are
refused, how much memory that takes, and how long a page waits for the server meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import socket
import statistics
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks/service"))

from up import Up, cpu_seconds_of, percentile, pss_bytes_of  # noqa: E402  (the folder is not a package)

OURS = "/api/tradewind/v1"
PARSED = 10
"""Viewers whose events are read; of the others bytes are counted, so that the measuring costs little."""
AT_ONCE = 200
DAGS = """
from datetime import datetime
from tradewind import DAG, task
import os, time

with DAG("fan", schedule=None, start_date=datetime(2026, 1, 1), worker_reuse=True, is_paused_upon_creation=False):
    @task
    def leaf(index):
        return None

    leaf.expand(index=list(range({tasks})))

with DAG("talk", schedule=None, start_date=datetime(2026, 1, 1), is_paused_upon_creation=False):
    @task
    def talks():
        while not os.path.exists({stop!r}):
            print("still there", flush=True)
            time.sleep(1)

    talks()
"""


class Api:
    def __init__(self, up: Up, port: int) -> None:
        self.port = port
        self._url = f"http://127.0.0.1:{port}"
        password = (up.home / "admin-password").read_text().split()[-1]
        self.token = ""
        for chosen in (password, "one of my own"):
            self.token = self.ask("/auth/token", {"username": "admin", "password": chosen})["access_token"]
            if chosen == password:
                self.ask("/api/tradewind/v1/me/password", {"old": password, "new": "one of my own"})
                self.token = ""

    def ask(self, path: str, body: Any = None) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        with urllib.request.urlopen(urllib.request.Request(self._url + path, sent, headers), timeout=120) as answer:
            raw = answer.read()
            return json.loads(raw) if raw else None


class Viewers:
    """Streams of one path, held open together."""

    def __init__(self, api: Api, path: str) -> None:
        self._api = api
        self._path = path
        self._tasks: list[asyncio.Task[None]] = []
        self.answers: Counter[str] = Counter()
        self.refusal = b""
        self.delays: list[float] = []
        self.bytes = 0

    async def open(self, count: int) -> None:
        """Returns once each has its answer."""
        opened = [asyncio.Event() for _ in range(count)]
        gate = asyncio.Semaphore(AT_ONCE)
        self._tasks = [asyncio.create_task(self._hold(gate, one, n < PARSED)) for n, one in enumerate(opened)]
        await asyncio.gather(*(one.wait() for one in opened))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _hold(self, gate: asyncio.Semaphore, opened: asyncio.Event, is_parsed: bool) -> None:
        writer = None
        try:
            async with gate:
                reader, writer = await asyncio.open_connection("127.0.0.1", self._api.port)
                head = (
                    f"GET {self._path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self._api.token}\r\n\r\n"
                )
                writer.write(head.encode())
                status = (await asyncio.wait_for(reader.readline(), 120)).split()[1:2] or [b"closed"]
                self.answers[status[0].decode()] += 1
                if status[0] != b"200":
                    self.refusal = await asyncio.wait_for(reader.read(4096), 10)
            opened.set()
            if status[0] == b"200":
                await (self._read(reader) if is_parsed else self._count(reader))
        except (OSError, TimeoutError) as error:
            self.answers[type(error).__name__] += 1
        finally:
            opened.set()
            if writer is not None:
                writer.close()

    async def _count(self, reader: asyncio.StreamReader) -> None:
        while chunk := await reader.read(65536):
            self.bytes += len(chunk)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        async for line in reader:
            self.bytes += len(line)
            if line.startswith(b'data: {"kind":"task"') and (at := json.loads(line[6:]).get("at")):
                self.delays.append(time.time() - datetime.fromisoformat(at).timestamp())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, default=200)
    parser.add_argument("--tasks", type=int, default=3_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--log-streams", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    _allow_many_descriptors()
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="tradewind-bench-") as folder:
        up = Up(Path(folder), api_port=str(port))
        (up.dags / "bench.py").write_text(DAGS.format(tasks=chosen.tasks, stop=str(up.folder / "stop")))
        try:
            up.start()
            up.wait_for(lambda: up.count("SELECT COUNT(*) FROM dag") >= 2 and (up.home / "admin-password").exists())
            found = asyncio.run(_measured(up, Api(up, port), chosen))
        finally:
            (up.folder / "stop").touch()
            up.stop()
    for name, value in found.items():
        print(f"{name:56} {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2))


async def _measured(up: Up, api: Api, chosen: argparse.Namespace) -> dict[str, Any]:
    scheduler, server = up.pid_of("SchedulerJob"), _server_of(api.port)
    await asyncio.to_thread(_fan, up, api, chosen.tasks)  # the first starts the processes that are reused
    rounds: dict[int, list[tuple[float, float, float]]] = {0: [], chosen.viewers: []}
    delays: list[float] = []
    for _ in range(chosen.repeat):
        for count, taken in rounds.items():
            viewers = Viewers(api, f"{OURS}/live")
            await viewers.open(count)
            before = cpu_seconds_of(scheduler), cpu_seconds_of(server)
            seconds = await asyncio.to_thread(_fan, up, api, chosen.tasks)
            after = cpu_seconds_of(scheduler), cpu_seconds_of(server)
            taken.append((chosen.tasks / seconds, after[0] - before[0], after[1] - before[1]))
            await asyncio.sleep(1)
            await viewers.close()
            delays += viewers.delays
    found: dict[str, Any] = {}
    for count, taken in rounds.items():
        each, scheduler_cpu, server_cpu = (statistics.median(column) for column in zip(*taken, strict=True))
        found[f"{count} viewers: tasks/s"] = round(each)
        found[f"{count} viewers: scheduler CPU, ms a task"] = round(scheduler_cpu / chosen.tasks * 1000, 3)
        found[f"{count} viewers: API CPU, ms a task"] = round(server_cpu / chosen.tasks * 1000, 3)
    if delays:
        found["commit to viewer, p50, ms"] = round(percentile(delays, 0.5) * 1000)
        found["commit to viewer, p99, ms"] = round(percentile(delays, 0.99) * 1000)
    if chosen.log_streams:
        found |= await _log_streams(up, api, server, chosen.log_streams)
    return found


def _fan(up: Up, api: Api, tasks: int) -> float:
    """Seconds from asking for a run to its end."""
    run_id = api.ask(f"{OURS}/dags/fan/trigger", {})["run_id"]
    ended = f"SELECT COUNT(*) FROM run WHERE run_id = '{run_id}' AND state = 'success'"
    begun = time.monotonic()
    up.wait_for(lambda: up.count(ended) == 1, 0.05)
    return time.monotonic() - begun


async def _log_streams(up: Up, api: Api, server: int, count: int) -> dict[str, Any]:
    run_id = api.ask(f"{OURS}/dags/talk/trigger", {})["run_id"]
    await asyncio.to_thread(up.wait_for, lambda: up.count("SELECT COUNT(*) FROM try WHERE task_id = 'talks'") > 0)
    await asyncio.sleep(2)
    before = pss_bytes_of(server)
    viewers = Viewers(api, f"{OURS}/live/log?dag_id=talk&task_id=talks&run_id={quote(run_id, safe='')}")
    begun = time.monotonic()
    await viewers.open(count)
    opened = time.monotonic() - begun
    waits: list[float] = []
    for _ in range(5):
        asked = time.monotonic()
        await asyncio.to_thread(api.ask, f"{OURS}/home")
        waits.append(time.monotonic() - asked)
    cpu = cpu_seconds_of(server)
    read = viewers.bytes
    await asyncio.sleep(10)
    found = {
        f"{count:,} log streams asked for: answers": dict(viewers.answers),
        "seconds until each had its answer": round(opened, 1),
        "how the others are refused": viewers.refusal.decode(errors="replace")[-400:],
        "API memory with them, MB more": round((pss_bytes_of(server) - before) / 2**20),
        "Home's data meanwhile, s (median)": round(statistics.median(waits), 3),
        "API CPU with them, share of a core": round((cpu_seconds_of(server) - cpu) / 10, 2),
        "streamed, kB/s": round((viewers.bytes - read) / 10 / 1000),
    }
    await viewers.close()
    await asyncio.sleep(5)
    found["API memory after them, MB more"] = round((pss_bytes_of(server) - before) / 2**20)
    return found


def _server_of(port: int) -> int:
    """The process that listens there."""
    inodes = {
        fields[9]
        for fields in (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
        if fields[1].endswith(f":{port:04X}") and fields[3] == "0A"
    }
    holders: list[int] = []
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            links = {os.readlink(one) for one in folder.iterdir()}
        except OSError:
            continue
        if any(f"socket:[{inode}]" in links for inode in inodes):
            holders.append(int(folder.parent.name))
    return max(holders, key=cpu_seconds_of)  # its parent holds the socket, too


def _allow_many_descriptors() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
