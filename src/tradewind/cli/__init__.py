"""The command line. `main` has the table of commands; each lives in a module of its own, imported when called."""
