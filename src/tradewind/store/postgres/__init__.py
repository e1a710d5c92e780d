"""The store on PostgreSQL 15 and later, through psycopg 3: for more than one machine, and more than one scheduler."""
