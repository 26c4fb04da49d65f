"""Answer how evenly the code is enforced over the town, to inform and not to accuse.

A difference between areas is told with what chance alone would make of it, after the kinds of
cases are taken out; why it is there no report can say.
"""
