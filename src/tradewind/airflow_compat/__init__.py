"""`import airflow…` answered by our modules: a table of names and the import hook. Installed by the entry points only."""
