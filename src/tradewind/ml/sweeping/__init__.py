"""Tuning: Optuna's samplers and pruners, with trials as ordinary mapped tasks. See `sweep.py` for the way through."""
