"""`python -m tradewind.api` prints the OpenAPI document: what clients' types are generated from."""

import sys

import msgspec

from tradewind.api.app import operations
from tradewind.api.openapi import document

sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document(operations()))) + b"\n")
