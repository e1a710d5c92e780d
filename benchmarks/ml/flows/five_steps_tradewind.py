"""The five steps as a DAG file in which every task has a cache."""

import work

from tradewind import DAG, task

with DAG("five_steps", schedule=None, default_args={"cache": True}):
    parts = task(work.prepare)(task(work.load)())
    task(work.deploy)(task(work.evaluate)(task(work.train)(parts), parts))
