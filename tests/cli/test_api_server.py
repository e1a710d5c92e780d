"""`tradewind api-server` as a process."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import urllib3

SECONDS = 120


def test_it_says_where_and_how_once_and_ends_when_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {**os.environ, "TRADEWIND_HOME": str(home), "TRADEWIND_API_PORT": "0"}
    command = [sys.executable, "-m", "tradewind", "api-server"]
    first = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        assert first.stdout is not None
        url = re.search(r"open (http://127\.0\.0\.1:\d+)", first.stdout.readline())
        password = re.search(r"password (\S+)", first.stdout.readline())
        assert url is not None
        assert password is not None
        file = home / "admin-password"
        assert (file.read_text().strip(), file.stat().st_mode & 0o777) == (password[1], 0o600)
        given = {"username": "admin", "password": password[1]}
        session = f"{url[1]}/api/tradewind/v1/session"
        found = urllib3.request("POST", session, json=given, timeout=SECONDS, retries=False)
        assert found.status == 201
        assert json.loads(found.data)["must_change_password"]
        cookies = [one.split(";")[0] for one in found.headers.getlist("set-cookie")]
        change = urllib3.request(
            "POST",
            f"{url[1]}/api/tradewind/v1/me/password",
            json={"old": password[1], "new": "one that I keep"},
            headers={"cookie": "; ".join(cookies), "x-csrf-token": cookies[1].partition("=")[2]},
            timeout=SECONDS,
            retries=False,
        )
        assert change.status == 204
        assert not file.exists()
    finally:
        first.send_signal(signal.SIGTERM)
        assert first.wait(SECONDS) == 0
        first.stdout.close()  # pyright: ignore[reportOptionalMemberAccess]


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        environment = {**os.environ, "TRADEWIND_HOME": str(tmp_path), "TRADEWIND_API_PORT": str(port)}
        found = subprocess.run(
            [sys.executable, "-m", "tradewind", "api-server"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            cwd=tmp_path,
        )
    assert found.returncode == 1
    assert f"another process listens at 127.0.0.1:{port}" in found.stderr
    assert "TRADEWIND_API_PORT" in found.stderr


def test_up_listens_where_it_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tradewind", "up", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "TRADEWIND_HOME": str(tmp_path / "home")}
    up = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        assert up.stdout is not None
        assert any(f"http://127.0.0.1:{port}" in line for line in up.stdout), "it says so, or ends"
    finally:
        up.send_signal(signal.SIGTERM)
        up.communicate(timeout=SECONDS)
