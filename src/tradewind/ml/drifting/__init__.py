"""Does today's data look like the data it is compared with? Statistics, their correction, the report."""
