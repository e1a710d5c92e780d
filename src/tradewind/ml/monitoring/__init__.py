"""Monitors: alarms that start other DAGs, at most one within a cooldown, and models watched on labelled feedback."""
