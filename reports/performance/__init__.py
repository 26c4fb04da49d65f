"""Answer how soon, how often and how evenly cases come to what they should.

How long is always told of those still waiting too, never as a mean of those that are done.
"""
