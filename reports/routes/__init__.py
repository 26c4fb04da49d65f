"""Plan the officers' days on the road.

`due` finds what is due and `due_stops` makes stops of it; `problem` says what is asked. `planning`
makes the plan: `openings` say who may go when, `solve` has parts of the problem searched
(`encode`, `search`, `parallel`), `settle` and `timing` make days of it that keep the clock and the
lunch, `driving` drives them, and `rush` says how long that takes at which hour. `replan` changes a
day under way. `check` knows nothing of all that and gates every plan; `tally` compares
plans, `sheet` writes them down.
"""
