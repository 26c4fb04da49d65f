"""Let a town word what it sends: its own text first, every earlier one, and what a text may ask.

A text reads what it is given and reaches nothing else. Letters are set from theirs in
`cases.letters`; mail is written from its own here.
"""
