"""Say what is to be visited in some days: what for, from when, until when, and by what right.

`due` answers it for a span of days; `kinds` names what a visit may be for, `serving` decides which
notice an officer has to bring, `settings` holds what a manager tunes, and `learning` how long
visits took. Who can go stands in `cases.working`; which way to go is for `reports.routes`.
"""
