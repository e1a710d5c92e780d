"""Finding, snapshotting and loading DAG files. `load` runs in a process of its own: it executes users' code."""
