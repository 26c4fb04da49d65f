"""Let anybody follow what the town makes public: one case, a place, an area, a kind, or all.

A feed asks by itself and leaves nothing here; who would rather have mail or texts leaves an address
or a number, which nobody outside is shown, and what is sent is what anybody may read. Who has the
code of a report is told what its page tells besides.
"""
