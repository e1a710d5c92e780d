"""The data every room shares: ids, states, specs, values, messages. Frozen, plain, encodable by msgspec; no behaviour
beyond what a value can say about itself, no I/O, no clock."""
