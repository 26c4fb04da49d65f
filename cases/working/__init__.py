"""Say who of the officers works when, from where and for what.

Which zones somebody has is not said here: the zones themselves do (`cases.zoning`), and by a
setting here alone whether that binds a plan or only leans it. Why somebody is away is not kept.
"""
