"""What the command line asks a server: the store's own questions, each with the right it takes (`rules`)."""
