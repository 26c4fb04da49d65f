"""Hold the one table of steps: what may happen to each part of a case, by whom, on what terms.

Each section owns a small status and its actions, closed enums both. Nothing else changes a
status; pages draw their buttons from here, and a law pack may only leave steps out.
"""
