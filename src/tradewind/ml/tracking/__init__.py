"""MLflow as the tracker of tries: a parent run per DAG run, a nested one per try, joined by what users' code logs.

MLflow itself (seconds to import) is loaded only by a task that uses it.
"""
