"""What a run's environment is: the state of the git repository its code is in, packages, machine. Read without
importing anything large; the only processes are git's, and of those there are none outside of a repository."""

from __future__ import annotations

import os
import platform
import re
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from tradewind.artifacts import ArtifactStore
from tradewind.artifacts.hashing import hash_of
from tradewind.dag_processor.bundles import commit_of
from tradewind.dag_processor.git_command import QUIET
from tradewind.executors.local import machine
from tradewind.ml.caching.packages import installed
from tradewind.model.entries import Environment
from tradewind.model.errors import TradewindError

GIT_TIMEOUT_SECONDS = 5.0
MOST_DIFF_BYTES = 4 << 20
_HARMLESS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
"""What a repository's configuration would have run otherwise."""


class GitState(Struct, frozen=True):
    commit: str = ""
    branch: str = ""
    diff: str = ""
    """Of what is not committed, the names of files that git does not know first; "" where there is nothing."""


def gather(root: Path, home: Path, artifacts: ArtifactStore) -> Environment:
    """Of runs whose code is from this folder, without a seed. Never raises: what cannot be found out is left empty."""
    git = git_state(root)
    model = _gpu_models()
    return Environment(
        git_commit=git.commit or commit_of(home, root),
        git_branch=git.branch,
        git_diff_artifact=_kept(git.diff, artifacts),
        is_dirty=bool(git.diff),
        python=platform.python_version(),
        platform=f"{sys.platform} {os.uname().release} {os.uname().machine}",
        host=socket.gethostname(),
        cpus=machine.cpu_count(),
        memory_bytes=machine.memory_bytes(),
        gpus=tuple(model.get(number, "GPU") for number in range(len(machine.gpu_ids()))),
        packages=dict(sorted(installed().items())),
    )


def git_state(root: Path) -> GitState:
    """Of the repository that this folder is in; files that git does not know are looked for in the folder alone."""
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return GitState()
    status = _git(root, ["status", "--porcelain=v2", "--branch", "--untracked-files=no"])
    if status is None:
        return GitState()
    told = dict(line[2:].split(" ", 1) for line in status.splitlines() if line.startswith("# ") and " " in line[2:])
    changed = [line for line in status.splitlines() if line[:1] in ("1", "2", "u")]
    unknown = (_git(root, ["ls-files", "--others", "--exclude-standard", "--directory", "--", "."]) or "").splitlines()
    diff = "".join(f"# not in git: {name}\n" for name in unknown)
    if changed:
        diff += _git(root, ["diff", "HEAD", "--no-ext-diff", "--no-textconv", "--no-color"]) or ""
    commit = told.get("branch.oid", "")
    return GitState("" if commit.startswith("(") else commit, told.get("branch.head", ""), diff)


def _git(root: Path, arguments: Sequence[str]) -> str | None:
    environment = {**os.environ, **QUIET, "GIT_OPTIONAL_LOCKS": "0"}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        environment.pop(name, None)
    try:
        done = subprocess.run(
            ["git", *_HARMLESS, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=GIT_TIMEOUT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _kept(diff: str, artifacts: ArtifactStore) -> str:
    if not diff:
        return ""
    data = diff.encode(errors="replace")
    if len(data) > MOST_DIFF_BYTES:
        data = data[:MOST_DIFF_BYTES] + b"\n# cut here: it is larger\n"
    try:
        file = artifacts.new_file()
        file.write_bytes(data)
        return artifacts.keep(file, hash_of(data), "diff")
    except (TradewindError, OSError):
        return ""


def _gpu_models() -> dict[int, str]:
    found: dict[int, str] = {}
    try:
        folders = sorted(machine.NVIDIA_DRIVER_FOLDER.iterdir())
    except OSError:
        return found
    for number, folder in enumerate(folders):
        try:
            match = re.search(r"^Model:\s*(.+)$", (folder / "information").read_text(), re.MULTILINE)
        except OSError:
            continue
        found[number] = match[1].strip() if match else "GPU"
    return found
