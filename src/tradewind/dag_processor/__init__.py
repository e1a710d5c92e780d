"""The dag-processor: watches DAG folders, has changed files parsed, saves what they yield. No user code runs here."""
