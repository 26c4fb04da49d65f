"""Hold what every report is: a question of named options, and an answer that can be defended.

A report asks the town and returns an `Answer`; whoever shows it (a page, a file, the API, the
terminal) knows answers and no report. So each figure is the same wherever it is read.
"""
