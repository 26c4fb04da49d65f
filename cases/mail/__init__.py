"""Keep mail until a server has it: what it says, what became of it, and when to try again.

Nothing here talks to a server; `webmap.worker` does, and tells the outbox what was answered.
"""
