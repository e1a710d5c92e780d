"""The workloads as Prefect flows: python flows.py WORKLOAD. Tasks run in this process, in threads where mapped."""

import sys
import time

import work
from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner


@task
def nothing(index, before=None):
    return None


@task
def count(values):
    return len(values)


@task
def fib(n, index, before):
    return work.fib(n)


@flow
def chain():
    before = None
    for index in range(work.CHAIN_LENGTH):
        before = nothing(index, before)


@flow(task_runner=ThreadPoolTaskRunner(max_workers=8))
def fan():
    return count(nothing.map(list(range(work.FAN_WIDTH))))


@flow
def fibs(number, n):
    before = None
    for index in range(number):
        before = fib(n, index, before)


def fib_short():
    fibs(work.FIB_SHORT_COUNT, 10)


def fib_long():
    fibs(work.FIB_LONG_COUNT, 33)


@flow
def ml():
    parts = task(work.prepare, persist_result=True)(task(work.load, persist_result=True)())
    accuracy = task(work.evaluate, persist_result=True)(task(work.train, persist_result=True)(parts), parts)
    return task(work.deploy, persist_result=True)(accuracy)


@task(persist_result=True)
def make():
    made = work.make_frame()
    work.note_made()
    return made


@flow
def frame():
    task(work.note_used)(make())


if __name__ == "__main__":
    begun = time.time()
    globals()[sys.argv[1]]()
    work.result(time.time() - begun)
