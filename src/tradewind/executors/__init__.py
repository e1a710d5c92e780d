"""How an order to run a try becomes a process. The scheduler sees `executors.base` alone."""
