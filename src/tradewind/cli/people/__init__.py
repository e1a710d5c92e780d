"""Users, roles and tokens of the API, and the record of what was done, on the command line."""
