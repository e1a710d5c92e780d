"""Random DAGs with everything the scheduler looks at besides the engine: pools, limits, resources, inputs, time limits."""

from __future__ import annotations

import random

from msgspec.structs import replace

from tests.engine.test_random_runs import random_spec
from tradewind.model.spec import DagSpec, Resources, TaskSpec, XComInput

POOLS = {"default_pool": 3, "small": 2, "endless": -1}
CPUS = 2.0


def random_dag(rng: random.Random, dag_id: str) -> DagSpec:
    spec = random_spec(rng)
    return replace(
        spec,
        dag_id=dag_id,
        tasks=tuple(with_limits(rng, task) for task in spec.tasks),
        max_active_tasks=rng.choice([1, 2, 4, 16]),
        run_timeout_seconds=rng.choice([None] * 9 + [90.0]),
    )


def with_limits(rng: random.Random, task: TaskSpec) -> TaskSpec:
    inputs = [XComInput(name, key) for name in task.upstream for key in ("return_value", "other") if rng.random() < 0.5]
    return replace(
        task,
        inputs=tuple(inputs),
        pool=rng.choice(["default_pool", "default_pool", *POOLS]),
        pool_slots=rng.choice([1, 1, 1, 2]),
        priority_weight=rng.choice([1, 1, 5]),
        max_active_tis_per_dag=rng.choice([None] * 4 + [1]),
        max_active_tis_per_dagrun=rng.choice([None] * 4 + [1, 2]),
        resources=Resources(cpus=rng.choice([0.0] * 4 + [1.0])),
        wait_for_downstream=task.depends_on_past and rng.random() < 0.3,
    )
