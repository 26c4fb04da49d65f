"""Move a town in from its old system: a folder of CSV files, taken in whole or refused whole.

`docs/moving-in.md` tells the files and the mapping. `files` lists them, `mapping` reads what their
words mean here, `reading` and `checking` find every fault before anything is written, `gathering`
makes cases of the rows, `steps` says whether their parts bear out where they stand, `storing` and
`books` write them, and `control` holds what stands here against what the old system says. As
everywhere below the web, nothing here commits.
"""
