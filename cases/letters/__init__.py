"""Set letters on paper: words of a template, a tagged PDF, and the copy that is kept.

Templates lie in ``data/letters``, a folder a language; a town's own, by the same names, go first.
What a letter says of days, money and law comes written from above, where languages are known.
"""
