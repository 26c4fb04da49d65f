"""Keep photographs and papers by the hash of their bytes, and show the public only fit copies.

An original is stored once and never changes. What hangs on a case is a row that names it; what the
public may see is a copy drawn anew, without what the camera wrote into the file.
"""
