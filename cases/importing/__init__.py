"""Take in cases and liens from a town's old system: map, check, tie, store, tell.

As in `geo.loading`, a row is loaded or rejected by name, and nothing here commits.
"""
