"""The workloads as Dagster jobs: python jobs.py WORKLOAD in_process|multiprocess."""

import sys
import time
from pathlib import Path

import dagster
import work
from dagster import DynamicOut, DynamicOutput, graph, op


def sequence(name, count, function, *arguments):
    @op(name=f"{name}_first")
    def first():
        return function(*arguments)

    @op(name=f"{name}_next")
    def following(before):
        return function(*arguments)

    @graph(name=name)
    def made():
        value = first()
        for index in range(count - 1):
            value = following.alias(f"{name}_{index}")(value)

    return made


def nothing():
    return 0


@op(out=DynamicOut())
def numbers():
    for index in range(work.FAN_WIDTH):
        yield DynamicOutput(index, mapping_key=str(index))


@op
def leaf(index):
    return index


@op
def join(values):
    return len(values)


@op
def load():
    return work.load()


@op
def prepare(frame):
    return work.prepare(frame)


@op
def train(parts):
    return work.train(parts)


@op
def evaluate(model, parts):
    return work.evaluate(model, parts)


@op
def deploy(accuracy):
    return work.deploy(accuracy)


@op
def make():
    made = work.make_frame()
    work.note_made()
    return made


@op
def use(made):
    work.note_used(made)


@graph
def fan():
    join(numbers().map(leaf).collect())


@graph
def ml():
    parts = prepare(load())
    deploy(evaluate(train(parts), parts))


@graph
def frame():
    use(make())


GRAPHS = {
    "chain": sequence("chain", work.CHAIN_LENGTH, nothing),
    "fib_short": sequence("fib_short", work.FIB_SHORT_COUNT, work.fib, 10),
    "fib_long": sequence("fib_long", work.FIB_LONG_COUNT, work.fib, 33),
    "fan": fan,
    "ml": ml,
    "frame": frame,
}
EXECUTORS = {"in_process": dagster.in_process_executor, "multiprocess": dagster.multiprocess_executor}


def job_of(workload, executor):
    return GRAPHS[workload].to_job(executor_def=EXECUTORS[executor])


def main(workload, executor):
    job = dagster.build_reconstructable_job(
        "jobs",
        "job_of",
        reconstructable_args=(workload, executor),
        reconstructor_working_directory=str(Path(__file__).parent),
    )
    instance = dagster.DagsterInstance.get()
    begun = time.time()
    with dagster.execute_job(job, instance=instance) as done:
        assert done.success
    work.result(time.time() - begun)


if __name__ == "__main__":
    main(*sys.argv[1:])
