"""Write an answer to a file that somebody takes along: a page, a sheet, layers for a GIS, paper.

Nothing here knows any report: what is written is what the answer says.
"""
