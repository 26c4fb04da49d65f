"""Say how to pay, and lead to a hosted page where the town has one."""

from flask import current_app, url_for

from cases.paying import Bill, Payments
from webmap.auth.gate import anybody
from webmap.respondent.frame import blueprint, reading
from webmap.respondent.money import money_of
from webmap.respondent.page import head


@blueprint.get("/my-case/pay")
@anybody
def paying() -> str:
    """Say what is to be paid, and in which ways."""
    payments: Payments = current_app.extensions["lotline_payments"]
    with reading() as room:
        room.holder.require_acting()
        book = room.book()
        money = money_of(room, book)
        bill = Bill(
            case=room.holder.number, cents=money.owed_cents, on=room.today,
            back=current_app.config["URL"] + url_for("respondent.my_case"),
        )  # fmt: skip
        page = payments.page_for(bill) if bill.cents > 0 else None
        return room.page(
            "respondent/pay.html", money=money, hosted=page, ways=payments.ways,
            **head(room, book),
        )  # fmt: skip
