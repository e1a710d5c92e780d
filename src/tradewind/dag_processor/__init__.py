"""The dag-processor: watches DAG folders, has changed files parsed, and saves what they yield. No user code runs here."""
