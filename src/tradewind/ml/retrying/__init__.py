"""Retries that know why: what the next try has otherwise, by the class of the failure."""
