"""The live stream: one reader of the store a process (`feed`), one fan-out (`hub`), a stream a viewer (`stream`,
`log_stream`). Viewers cost the scheduler nothing: it rings, at most twenty times a second, and only where somebody
listens."""
