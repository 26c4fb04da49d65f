"""Keep who works here: their roles, how they prove who they are, and who is signed in.

Nothing here knows a request; tokens and codes are given and returned as text, and only their
hashes are kept.
"""
