"""A real service with busy DAGs, whose processes (and database) are killed at random; then its history is checked."""
