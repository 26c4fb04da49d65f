"""Name the events that tell of whoever complained, which no paper for others shows."""

from cases.moving_in.placing import NOTE_MOVED_IN

OF_REPORTERS = frozenset({"reporter_named", "reporter_disclosed", NOTE_MOVED_IN})
"""A note of an old system may name them too, for whoever wrote it knew of no paper."""
