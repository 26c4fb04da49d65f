"""Give whoever a letter is for a code, by which they answer their case without an account.

A code is made from a key that only the server has and a salt; the database keeps salt and hash, so
that neither alone tells a code. One that stands on a posted copy only reads.
"""
