"""Airflow's stable REST API, version 2: paths, bodies and status codes as its official client expects them.

One file per subject, each with its own table; `operations` joins them."""
