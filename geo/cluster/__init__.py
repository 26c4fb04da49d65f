"""Run Lotline's own private PostgreSQL + PostGIS cluster: found, made, started, stopped."""

from geo.cluster.lifecycle import Cluster, Running

__all__ = ["Cluster", "Running"]
