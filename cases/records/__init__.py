"""Answer requests for public records: decide each piece, cite each exemption, hand out one file.

`requests` takes a request in and chooses its cases; `pieces` says what there is of them to decide;
`deciding` keeps each decision; `exporting` hands out what was decided, and nothing undecided.
"""
