"""Gates: is the challenger good enough to take the champion's place? Statistics, rules, and the task that decides."""
