"""Count the hours of work of each zone and officer, and propose zones that share it evenly.

`hours` counts what the records tell of, by cases; `minutes` says how long each thing takes.
`ground` reads the town, `pieces` and `units` make what zones are made of (`arrangement`, `ridges`,
`borders`), `burden` lays the work on it, `balance` shares it out (`starting`, `shares`, `search`),
`travel` and `driven` say what is driven in zones, `outlines` draws them. `proposal` does it all and
holds the zones against those of today (`comparing`, `saying`), `written` keeps them, `adopting` has
`cases.redrawing` put them in force.
"""
