"""The tools that are compared, each behind one contract (`base.Side`), each in an environment of its own."""
