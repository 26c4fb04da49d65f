"""Keep reports that are asked for: queued, made by a worker, frozen once made, and looked at."""
