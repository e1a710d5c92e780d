"""The five steps as a Prefect flow whose tasks are cached by their inputs and their source, in any run."""

import work
from prefect import flow, task
from prefect.cache_policies import INPUTS, TASK_SOURCE


def cached(function):
    return task(function, cache_policy=INPUTS + TASK_SOURCE, persist_result=True)


@flow
def five_steps():
    parts = cached(work.prepare)(cached(work.load)())
    return cached(work.deploy)(cached(work.evaluate)(cached(work.train)(parts), parts))


if __name__ == "__main__":
    five_steps()
