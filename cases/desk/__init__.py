"""Show people who work on cases what they need to see: a case whole, what may be done, lists.

Nothing here changes a case; the commands beside do.
"""
