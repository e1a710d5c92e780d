"""`python -m tradewind.airflow_compat my_dag.py [arguments]`: run a file as a script, Airflow's names answered."""

from __future__ import annotations

import os
import runpy
import sys

from tradewind.airflow_compat.hook import install


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit("usage: python -m tradewind.airflow_compat FILE [ARGUMENT…]")
    install()
    del sys.argv[0]
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))  # as `python FILE` does
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
