"""Who calls and what they may do: identities, roles, tokens, sessions, and the one place that decides."""
