"""Say under a generated town's name what it is."""

NOTE = "A generated town: no person, parcel or case in it is real."
UNFINISHED = "A generated town whose years were not played to their end: build it anew."
GENERATOR = "the town generator"
"""Who added the demo's accounts, as their records say."""
