"""The parse server: a process that has imported what DAG files need, and forks a child for each. Never the store."""
