"""Where tasks' variables and connections are looked up before the database: files, Vault, AWS, GCP. Called by the
processes that answer tasks, never by users' code: a task gets the secret it asks for, not the way to all of them."""

from tradewind.secret_backends.lookup import Elsewhere, elsewhere

__all__ = ["Elsewhere", "elsewhere"]
