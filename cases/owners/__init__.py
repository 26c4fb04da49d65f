"""Tell which names on rolls and notices mean one owner, and which only might.

What links by itself is an equal key. All that is merely alike is a suggestion; a person confirms.
"""
