"""Which Airflow the names are those of."""

VERSION = "3.3.2"
"""Provider packages and DAG files ask for it to choose among Airflow's ways; they get those of this version."""
STANDARD_PROVIDER_VERSION = "1.21.0"
COMMON_COMPAT_VERSION = "1.23.0"
YES = True
