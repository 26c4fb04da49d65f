"""Resolve who owns a town: which records name one owner, and who may be one landlord.

What links by itself is an equal key, as of `cases.owners`; what is merely alike or related is a
suggestion with its evidence, which a person confirms. Webs are joined by the first alone.
"""
