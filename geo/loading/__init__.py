"""Take a town's own files in: read, map, check, repair and store each row, or name why not.

A row is read, and then it is loaded or rejected; nothing is dropped in silence. Loaders work in
the caller's transaction and never commit, so a refused file leaves the database as it was.
"""
