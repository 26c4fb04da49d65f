"""Warn of what was ended by a payment that is to be taken back, and say what to do then."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext, ngettext

from cases.desk.book import Book
from cases.desk.resting import Rest
from cases.desk.subjects import subject
from cases.workflow.order import OrderStatus
from webmap.interpreting import say
from webmap.words import day, plain


def resting_words(book: Book, rests: Sequence[Rest]) -> str:
    """Return the warning; "" where nothing rests on the payments."""
    return " ".join(_sentences(book, rests)) if rests else ""


def _sentences(book: Book, rests: Sequence[Rest]) -> Iterator[str]:
    yield gettext(
        "What ended because this money left nothing owed stays ended, though it will be owed again:"
    )
    yield "; ".join(_ended(book, each) for each in rests) + "."
    yield gettext("Nothing here takes that back: see that it is paid anew at once.")
    for each in rests:
        if each.section == "lien":
            yield _lien_again(book, each)


def _ended(book: Book, each: Rest) -> str:
    words = ngettext(
        "%(part)s (%(status)s on %(day)s, by receipt %(receipts)s)",
        "%(part)s (%(status)s on %(day)s, by receipts %(receipts)s)",
        len(each.payments), part=say(subject(book, each.section, each.row)),
        status=plain(each.row.status).lower(), day=day(each.on),
        receipts=", ".join(map(str, each.payments)),
    )  # fmt: skip
    return str(words)


def _lien_again(book: Book, each: Rest) -> str:
    """Say whether a debt that comes back can be secured again."""
    lien, order = each.row.instrument_no, book.part("order", each.row.order_id)
    if order is not None and order.status == OrderStatus.CERTIFIED:
        return str(gettext(
            "Without it, the property is free of lien %(lien)s: record order %(order)s as a lien "
            "again.", lien=lien, order=order.number,
        ))  # fmt: skip
    return str(gettext(
        "Without it, the property is free of lien %(lien)s, and its order cannot be recorded "
        "again: ask the manager and the town's counsel first.", lien=lien,
    ))  # fmt: skip
