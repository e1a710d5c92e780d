"""What is measured: a module per workload, each a function from a `Plan` to figures."""
