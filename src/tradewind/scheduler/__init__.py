"""The loop that drives runs: one duty a file, no decision about states (those are the engine's), no user code."""
