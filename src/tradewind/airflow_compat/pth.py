"""Turns Airflow's names on for every interpreter of an environment, so that `python my_dag.py` works as it is.

A .pth file in site-packages imports one tiny module at each start (0.2 ms); Tradewind itself is imported when somebody
imports `airflow`.
"""

from __future__ import annotations

import sysconfig
from importlib.util import cache_from_source
from pathlib import Path

MODULE = "_tradewind_airflow_names"
PTH = "tradewind_airflow_names.pth"

SOURCE = '''\
"""Written by Tradewind: answers `import airflow` in this environment (see tradewind.airflow_compat.pth)."""
import sys


class _First:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "airflow" and not name.startswith("airflow."):
            return None
        sys.meta_path.remove(_First)
        try:
            from tradewind.airflow_compat import hook
        except ImportError:  # Tradewind was uninstalled and has left this file
            return None
        hook.install()
        return hook.FINDER.find_spec(name, path, target)


sys.meta_path.insert(0, _First)
'''


def turn_on(site_packages: Path | None = None) -> Path:
    """Write the files; returns the .pth file. Raises OSError where the environment cannot be written to."""
    folder = site_packages or _site_packages()
    (folder / f"{MODULE}.py").write_text(SOURCE, encoding="utf-8")
    pth = folder / PTH
    pth.write_text(f"import {MODULE}\n", encoding="utf-8")
    return pth


def turn_off(site_packages: Path | None = None) -> bool:
    """Remove the files; whether there were any."""
    folder = site_packages or _site_packages()
    was_on = is_on(folder)
    (folder / PTH).unlink(missing_ok=True)
    source = folder / f"{MODULE}.py"
    source.unlink(missing_ok=True)
    Path(cache_from_source(str(source))).unlink(missing_ok=True)
    return was_on


def is_on(site_packages: Path | None = None) -> bool:
    """Whether the switch is on in this environment (default: the one that runs)."""
    return ((site_packages or _site_packages()) / PTH).exists()


def _site_packages() -> Path:
    return Path(sysconfig.get_path("purelib"))
