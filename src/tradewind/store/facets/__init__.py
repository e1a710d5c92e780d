"""The parts of the store's contract that the service uses, one subject a file; `base.Store` is all of them."""
