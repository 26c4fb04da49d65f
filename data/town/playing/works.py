"""Act the town's own work: authorized, ordered, done, billed."""

from cases import abating
from cases.abatement_costs import CostLine
from cases.abating import AbatementAuthority, Work
from cases.inspections import Entry
from data.town.pictures import MENDED
from data.town.playing.photographs import hang
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn


def abate(scene: Scene) -> Act:
    """Have a contractor do what the order said, and send the bill."""
    abatement_id = abating.authorize(
        scene.connection, violation_id=scene.violation_ids[0], authority=AbatementAuthority.ORDER,
        order_id=scene.order_id, reason="It harbors rats beside a school", **scene.manager,
    )  # fmt: skip
    if scene.takes(Turn.WORK_CANCELLED):
        yield from scene.wait(scene.after(2, 4))
        abating.cancel(
            scene.connection, abatement_id=abatement_id, reason="The owner's crew came",
            **scene.manager,
        )  # fmt: skip
        return
    yield from scene.wait(scene.after(3, 8))
    abating.order_work(
        scene.connection, abatement_id=abatement_id, contractor="Tidewater Lot Services",
        entry=Entry.WARRANT, entry_detail=f"Warrant {scene.on.year}-{scene.case_id}",
        **scene.officer,
    )  # fmt: skip
    yield from scene.wait(scene.after(4, 12))
    work = Work(
        done_on=scene.on,
        photos_before=[_photo(scene, "Overgrown lot", "Before the work")],
        photos_after=[_photo(scene, MENDED, "After the work")],
    )
    abating.complete(scene.connection, abatement_id=abatement_id, work=work, **scene.officer)
    yield from scene.wait(scene.after(3, 9))
    if scene.takes(Turn.UNBILLED):
        return
    costs = [
        CostLine(what="Crew, 4 hours", cents=36_000),
        CostLine(what="Disposal", cents=12_500),
    ]
    abating.invoice(scene.connection, abatement_id=abatement_id, costs=costs, **scene.clerk)
    scene.abatement_id = abatement_id


def settle(scene: Scene) -> None:
    """Say that the bill is paid."""
    abating.settle(scene.connection, abatement_id=scene.abatement_id, **scene.clerk)
    scene.abatement_id = 0


def _photo(scene: Scene, subject: str, caption: str) -> str:
    hang(scene, subject, caption=caption)
    return scene.album[subject].sha256
