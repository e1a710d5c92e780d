"""The HTTP face: Airflow's stable REST API (`v2`), ours (`ours`), the live stream and the built user interface.

It reads the store and leaves wishes for the scheduler; it decides no state and never runs users' code."""
