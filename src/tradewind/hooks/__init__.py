"""Hooks that ship in the box: subprocesses, file systems, mail. Those of other systems come with provider packages."""
