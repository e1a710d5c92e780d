"""The parse server: a process that has imported what DAG files need, and forks a child for each file. Never the store."""
