"""Runs tries as processes of this machine: one warm parent per DAG file version, children forked ahead of need."""

from tradewind.executors.local.executor import LocalExecutor

__all__ = ["LocalExecutor"]
