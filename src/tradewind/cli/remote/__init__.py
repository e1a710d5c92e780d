"""Commands against a server: the same commands with the same output, their store asked through its API."""
