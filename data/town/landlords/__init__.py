"""Make up who owns a town, how clerks spell them, and who they truly are.

The truth is of two kinds, and neither is ever written to a file of a town. **The person** is the
owner in law: one human being, one couple, one company, one trust, however a roll spells it. **The
hand** is who stands behind: the landlord to whom all of these companies, trusts and houses held in
his own name belong. Two companies of one landlord are two persons and one hand. A couple is a
person of its own beside either spouse alone, for title to their house is held by both.

A registry is not a town: it has lots by number and no ground, so that it is made in a moment. The
demo town's own roll (`data.town.people`) does not draw on it, for its cases, letters and stories
rest on the names that are there.
"""
