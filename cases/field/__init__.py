"""Serve officers in the field: what they need on arrival, and what they bring back, each once.

A phone out of reach tells its deeds later, in order, each by an identity of its own. What it tells
goes through the same commands as a deed at the desk; what they refuse is kept and decided by a
person.
"""
