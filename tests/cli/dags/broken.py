"""It imports a module that is not there."""

import no_such_module_here
from airflow import DAG

dag = DAG("broken", description=no_such_module_here.__doc__)
