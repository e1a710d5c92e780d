"""What lists cost with a long history: `python -m benchmarks.lists.run`, from the root of the repository."""
