"""What residents do themselves, without an account: report a problem, and ask what became of it.

They are known by nothing but the code they were given, and a report of theirs is a complaint like
any other, by the same commands.
"""
