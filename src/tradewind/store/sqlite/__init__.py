"""The store on one SQLite file, in WAL mode, through the sqlite3 driver alone."""
