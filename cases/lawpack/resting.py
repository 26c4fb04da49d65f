"""Tell what a step of the program rests on under a town's law."""

from cases.lawpack.schema import LawPack
from cases.workflow.step import Step


def rests_on(step: Step, law: LawPack | None) -> str:
    """Return the provision that a step rests on; "" where nothing names one.

    Parameters
    ----------
    law
        What the case or the complaint stands under; None for what came from a file.
    """
    named = law.steps.sources.get(step.action) if law else None
    return named or step.source
