"""What every benchmark needs: a checked machine, runs of a DAG file in a home of their own, figures and their table."""
