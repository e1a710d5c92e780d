"""Data checks: pandera schemas as contracts between tasks, and what becomes of data that breaks them."""
