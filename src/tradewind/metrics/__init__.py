"""What is told about the service to the outside: metrics as StatsD and Prometheus, traces as OpenTelemetry.

Everything here follows from committed changes and from rows of the store; nothing here decides anything. What is off is
not imported."""
