"""Checkpoints: what a task instance keeps between its tries."""
