"""`import airflow…` answered by our modules: a table of names and the import hook, installed by the entry points."""
