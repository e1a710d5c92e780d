"""What Airflow's API has no words for, below /api/tradewind/v1: why, live news, graphs, values, comparisons.

One file per view; their Structs are in `bodies`, one file each; `OPERATIONS` joins the tables."""

from tradewind.api.operation import Operation
from tradewind.api.ours import (
    cards,
    code,
    dag_page,
    dag_times,
    graph,
    grid,
    logs,
    run_actions,
    run_page,
    task_page,
    task_rows,
)

OPERATIONS: tuple[Operation, ...] = (
    *cards.OPERATIONS,
    *dag_page.OPERATIONS,
    *grid.OPERATIONS,
    *graph.OPERATIONS,
    *dag_times.OPERATIONS,
    *code.OPERATIONS,
    *run_page.OPERATIONS,
    *run_actions.OPERATIONS,
    *task_rows.OPERATIONS,
    *task_page.OPERATIONS,
    *logs.OPERATIONS,
)
