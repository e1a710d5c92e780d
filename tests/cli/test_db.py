"""db export, import, downgrade, clean by count: moving a home to PostgreSQL and back, and making it smaller."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.postgres import PostgresServer, postgres_server

from .conftest import FAILED, SUCCEEDED, Call

__all__ = ["postgres_server"]  # a fixture


@pytest.fixture
def postgres(postgres_server: PostgresServer):
    with postgres_server.schema() as url:
        yield url


def test_from_sqlite_to_postgres_and_back(
    call: Call, home: Path, tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("variables", "set", "v", "1")
    shown = [call("runs", "show", "pipeline", run, "-o", "json").json for run in (FAILED, SUCCEEDED)]
    first, second = tmp_path / "first.tw", tmp_path / "second.tw"
    assert "rows of" in call("db", "export", str(first)).out
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", postgres)
    assert call("db", "import", str(first)).code == 0
    assert [call("runs", "show", "pipeline", run, "-o", "json").json for run in (FAILED, SUCCEEDED)] == shown
    assert call("variables", "get", "v").out == "1\n"
    assert call("db", "check").code == 0
    assert "not empty" in call("db", "import", str(first)).err
    assert call("db", "export", str(second)).code == 0
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", f"sqlite:///{home}/again.db")
    assert call("db", "import", str(second)).code == 0
    assert [call("runs", "show", "pipeline", run, "-o", "json").json for run in (FAILED, SUCCEEDED)] == shown
    assert _rows(home / "again.db") == _rows(home / "tradewind.db")


def _rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(file) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {table: sorted(raw.execute(f'SELECT * FROM "{table}"'), key=repr) for table in tables}


def test_an_export_overwrites_nothing(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_text("precious")
    assert "is there already" in call("db", "export", str(file)).err
    assert file.read_text() == "precious"
    assert call("db", "export", "--force", str(file)).code == 0
    assert file.stat().st_mode & 0o077 == 0


def test_down_and_up_again(call: Call, home: Path) -> None:
    assert "nothing was done" in call("db", "downgrade", "0001", stdin="n\n").err
    called = call("db", "downgrade", "0001", "--yes")
    assert "is at revision 0001" in called.out
    assert "as it was before" in called.out
    with sqlite3.connect(home / "tradewind.db") as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert "as it was before" in call("db", "migrate").out
    assert len(call("runs", "list", "-o", "json").json) == 2


def test_no_such_revision(call: Call) -> None:
    assert "there are 0001" in call("db", "downgrade", "0000", "--yes").err


def test_clean_by_count_lists_what_goes_along(call: Call, home: Path) -> None:
    (dry,) = call("db", "clean", "--keep", "1", "--dry-run", "-o", "json").json
    assert dry["run_id"] == SUCCEEDED
    assert (dry["logs"] > 0, dry["log_bytes"] > 0, dry["large_values"]) == (True, True, 1)
    assert "no run" in call("db", "clean", "--keep", "1", "--older-than", "1", "-y").out
    assert "deleted 1 run and" in call("db", "clean", "--keep", "1", "-y").out
    assert [run["run_id"] for run in call("runs", "list", "-o", "json").json] == [FAILED]
    assert not list((home / "logs").rglob(f"*{SUCCEEDED[:20]}*/**/*.log"))


def test_clean_wants_to_know_what_is_old(call: Call) -> None:
    assert "give --before" in call("db", "clean").err


def test_reset_on_postgres(call: Call, postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", postgres)
    call("variables", "set", "v", "1")
    assert "is empty" in call("db", "reset", "--yes").out
    assert call("variables", "list", "-o", "json").json == []


@pytest.mark.parametrize("words", [["config", "list"], ["config", "get", "database_url"], ["info"], ["db", "init"]])
def test_a_password_is_never_shown(call: Call, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", "postgresql://ada:hunter22@127.0.0.1:1/db?sslpassword=hunter22")
    called = call(*words)
    assert "ada:***@127.0.0.1" in called.out + called.err
    assert "hunter22" not in called.out + called.err
