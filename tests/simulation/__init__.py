"""The real engine, scheduler and SQLite store on a fake clock, with a fake executor. A seed decides what goes wrong."""
