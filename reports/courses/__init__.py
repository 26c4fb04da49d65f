"""Hold how cases went, one by one: which steps each came to, by which day, and how it ended.

Reports of how a department does rest on this one reading, so that none counts a case otherwise than
another.
"""
