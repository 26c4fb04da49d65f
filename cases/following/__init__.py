"""Let anybody follow what the town makes public: one case, a place, an area, a kind, or all.

A feed asks by itself and leaves nothing here; who would rather have mail leaves an address, which
nobody is shown, and what is mailed is what anybody may read.
"""
