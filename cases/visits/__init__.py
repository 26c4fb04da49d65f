"""Keep the visits an officer was given for a day, and what became of them.

Who plans them proposes (`reports.routes`), and a person adopts; so what was promised can be held
against what happened, and the next plan learns from it (`cases.visiting.learning`).
"""
