"""The parts of the cache of tasks: what a try depends on, part by part, and how two such lists differ."""
