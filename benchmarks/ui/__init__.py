"""What the pages of a large DAG cost in a browser: `python -m benchmarks.ui.paint`, from the root of the repository."""
