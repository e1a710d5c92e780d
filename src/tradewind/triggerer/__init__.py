"""The asyncio processes that wait for thousands of deferred tasks: they run triggers, which may be users' code. What
they wait for comes over a socket from `triggerer_service`, which has the store."""
