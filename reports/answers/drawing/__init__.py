"""Draw the charts and the maps of an answer as pictures (SVG) for pages and paper.

They have no script and no style of their own, so that they stand under the strictest policy, and
take their ink from the page around them (``currentColor``).
"""
