"""Gangs: several processes that are one try, for distributed training. All start, or none; one fails, all end."""
