"""Play the town's years through the commands of the law, so that no impossible history exists.

A fate (`data.town.years`) says when things would happen; what may happen, and when it is due, the
commands decide. Every act is a generator that yields the day it wants to go on.
"""
