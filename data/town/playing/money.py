"""Act what is done about a debt: paid, part waived, a cheque that comes back, paid again."""

from cases import cashier
from cases.ledger.accounts import Component, Method
from cases.ledger.reading import in_credit, owed
from cases.statements import payoff_of_case
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn

WAIVED_CENTS = 2_500


def pay_up(scene: Scene) -> Act:
    """Pay all that is owed on the day, by whatever detours."""
    if not _owes(scene):
        return
    if scene.takes(Turn.PART_WAIVED) and owed(scene.connection, scene.case_id).get(
        Component.PENALTY, 0
    ):
        cashier.waive(
            scene.connection, case_id=scene.case_id, component=Component.PENALTY,
            cents=WAIVED_CENTS, reason="Corrected the same week", key=_key(scene, "waive"),
            **scene.manager,
        )  # fmt: skip
    if scene.takes(Turn.CHEQUE_RETURNED):
        payment = _pay(scene, Method.CHEQUE, _owes(scene))
        yield from scene.wait(scene.after(4, 8))
        cashier.return_cheque(
            scene.connection, case_id=scene.case_id, payment_id=payment,
            reason="insufficient funds", key=_key(scene, "returned"), **scene.clerk,
        )  # fmt: skip
    more = 1_000 if scene.takes(Turn.OVERPAID) else 0
    _pay(scene, Method.CARD, _owes(scene) + more)
    _give_back(scene)


def _owes(scene: Scene) -> int:
    told = payoff_of_case(scene.connection, scene.case_id, good_through=scene.on, today=scene.on)
    return told.total_cents


def _pay(scene: Scene, method: Method, cents: int) -> int:
    paid = cashier.receive_payment(
        scene.connection, case_id=scene.case_id, cents=cents, method=method,
        reference=f"R-{scene.case_id}-{scene.on:%m%d}", key=_key(scene, method), **scene.clerk,
    )  # fmt: skip
    return paid.id


def _give_back(scene: Scene) -> None:
    if left := in_credit(scene.connection, scene.case_id):
        cashier.refund(
            scene.connection, case_id=scene.case_id, cents=left, payee=scene.part.fate.owner,
            reason="Paid beyond what was owed", key=_key(scene, "refund"), **scene.manager,
        )  # fmt: skip


def _key(scene: Scene, deed: str) -> str:
    return f"town:{scene.case_id}:{scene.on:%Y%m%d}:{deed}"
