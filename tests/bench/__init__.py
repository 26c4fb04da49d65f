"""Measure Lotline against its peers: each module has a `run` that returns one table."""
