"""Plan an officer's day on the road.

`problem` says what is due and who drives, `day` makes the plan and has it checked, `sheet` writes
it down. `solve` alone knows the solver; `check` knows nothing of it and gates every plan.
"""
