"""Count daily fines: values in, values out, whole cents.

`rules` is what a town's law sets, `terms` and `orders` what was ordered in one case, `known` what
of it a day knew. `clock` counts one fine and explains it by `lines` in `words`; `many` counts a
million at once from `columns` to the same cents. `continuing` runs a citation's further days by the
same clock.
"""
