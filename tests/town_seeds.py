"""Name the generated towns that matching of owners is made on, and those it is judged on.

Matching code is never tuned on the held-out seeds: whoever changes it looks at the development
seeds alone, chooses thresholds there, and runs the held-out ones only to see whether they hold.
"""

DEVELOPMENT = (101, 102, 103, 104, 105)
HELD_OUT = (9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008)
