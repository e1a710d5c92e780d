"""Lets an ordinary `pytest` import DAG files: `import airflow…` is answered by Tradewind.

Installed as the pytest plugin `tradewind`; `-p no:tradewind` (or TRADEWIND_AIRFLOW_NAMES=off) leaves a real Airflow be.
"""

from __future__ import annotations

import os

from tradewind.airflow_compat.hook import install

if os.environ.get("TRADEWIND_AIRFLOW_NAMES", "").lower() not in ("off", "0", "no", "false"):
    install()
