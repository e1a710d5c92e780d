"""Inside the task's process: from one `RunTry` to one `TryReport`. Never sees the store."""
