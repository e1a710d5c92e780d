"""Registered models over HTTP: what `tradewind serve` is made of, and the log of what was asked."""
