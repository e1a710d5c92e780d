"""The state machine of one DAG run: events in, changes and commands out. Pure: no clock, no randomness, no I/O.

`run.Run` is the state, `step.step` moves it, `ready_queue.ReadyQueue` picks who may start, `why.explain` says why a
task instance is not running. Each rule of Airflow's that decides something has a file of its own.
"""
