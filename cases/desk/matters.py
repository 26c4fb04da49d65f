"""Tell from an open book how its matters stand, as far as it decides what is done next."""

from collections.abc import Callable
from datetime import date

from cases.desk.beside import is_brought
from cases.desk.book import PARTS, Book, Row
from cases.desk.citable import is_ordered, running_citation
from cases.desk.reckoning import reckon
from cases.desk.serving import is_proved, service_in
from cases.heard import tells_of
from cases.hearings import About, Outcome
from cases.notice_words import NoticeKind, is_heard_though_corrected
from cases.notices import attempt_of
from cases.pending import UNFINISHED
from cases.service.attempts import Method
from cases.service.routes import may_yet_serve
from cases.workflow import appeal, citation, order
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.inspection import PLANNED, InspectionStatus
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

_TO_COME = (HearingStatus.REQUESTED, HearingStatus.DOCKETED, HearingStatus.CONTINUED,
            HearingStatus.OPENED)  # fmt: skip
_LIVE = (NoticeStatus.DRAFTED, NoticeStatus.ISSUED, NoticeStatus.SERVED)


def last_look(book: Book) -> date | None:
    """Return the day the property was last seen; None where it never was."""
    return max((row.made_on for row in _made(book)), default=None)


def looked_since(column: str) -> Callable[[Book, Row, date], bool]:
    """Return the test whether the property was seen since a day that a part has in a column.

    A day to comply by is over once the property was seen after it; of the day a violation was
    found the look itself counts.
    """

    def seen(book: Book, row: Row, _on: date) -> bool:
        day, looked = getattr(row, column), last_look(book)
        if day is None or looked is None:
            return looked is not None and column == "found_on"
        return bool(looked >= day if column == "found_on" else looked > day)

    return seen


def unseen(book: Book, _row: Row, on: date) -> bool:
    """Tell whether something waits for a look: nobody came yet, or a deadline passed since."""
    looked = last_look(book)
    if looked is None:
        return True
    days = [row.comply_by for row in _open(book)]
    standing = {row.id for row in _open(book)}
    days += [
        row.comply_by
        for row in book.parts["order"]
        if row.status in order.RUNNING and row.complied_on is None
        and row.violation_id in standing
    ]  # fmt: skip
    return any(day is not None and looked <= day < on for day in days)


def orders_that_count(book: Book) -> dict[int, Row]:
    """Return by violation the order whose day to comply took the place of the notice's.

    It is the last of those that run, as `cases.standing` has it.
    """
    return {
        row.violation_id: row
        for row in sorted(book.parts["order"], key=lambda row: row.id)
        if row.status in order.RUNNING and row.comply_by is not None
    }


def is_first_look(book: Book, _row: Row, _on: date) -> bool:
    """Tell whether nobody came yet, nor is to come."""
    planned = (InspectionStatus.BOOKED, InspectionStatus.CONFIRMED, InspectionStatus.MADE)
    return not any(row.status in planned for row in book.parts["inspection"])


def notice_proved(book: Book, row: Row, on: date) -> bool:
    """Tell whether service is proved; a citation's and an order's notice is confirmed with them."""
    if hasattr(row, "notice_id"):
        return is_proved(book, row.notice_id, on=on)
    with_another = row.kind in {NoticeKind.CITATION, NoticeKind.ORDER}
    return not with_another and is_proved(book, row.id, on=on)


def untried(book: Book, row: Row, on: date) -> bool:
    """Tell whether a notice is to be brought: nobody tried, or nothing under way will do.

    What came back will not, nor what serves only beside an attempt that nobody made: a posting.
    """
    if not is_to_be_brought(book, row) or is_proved(book, row.id, on=on):
        return False
    rules = dict(book.law.service)[row.kind] if book.law else None
    tried = [attempt_of(each.facts) for each in book.attempts if each.notice_id == row.id]
    return not any(
        each.returned_on is None and (rules is None or may_yet_serve(each, tried, rules=rules))
        for each in tried
    )


def awaits_word(book: Book, row: Row, on: date) -> bool:
    """Tell whether an attempt that is under way would serve by what is not known of it yet.

    Of a letter that nobody signs for nothing is waited for, nor of any where a posting hangs that
    will serve.
    """
    notice = book.part("notice", row.notice_id)
    if notice is None or row.method == Method.FIRST_CLASS_MAIL:
        return False
    stands = service_in(book, notice, on=on)
    return is_to_be_brought(book, notice) and not (stands and stands.proof)


def is_to_be_brought(book: Book, row: Row) -> bool:
    """Tell whether a notice is issued and what it brings still stands, a citation or an order."""
    ended = {
        each.notice_id
        for each in (*book.parts["citation"], *book.parts["order"])
        if each.status not in {*citation.RUNNING, *order.RUNNING}
    }
    return row.status == NoticeStatus.ISSUED and row.id not in ended


def unbrought(book: Book, row: Row, _on: date) -> bool:
    """Tell whether an order was not sent yet."""
    return row.status == OrderStatus.ENTERED and not is_brought(book, row)


def is_lost(_book: Book, row: Row, _on: date) -> bool:
    """Tell whether a case is on no parcel, and nobody has said since that it lies on none."""
    return row.parcel_id is None and row.tie_note is not None


def unnamed(book: Book, _row: Row, _on: date) -> bool:
    """Tell whether there is something to answer for, and nobody who does."""
    return not any(each.until is None for each in book.respondents) and bool(_open(book))


def lacks_warning(book: Book, _row: Row, _on: date) -> bool:
    """Tell whether an open violation was neither warned of nor cited, nor a corrected repeat told.

    A repeat that is open may be cited without a warning; one that is corrected may be heard once
    the violator was told of it.
    """
    told = {each for kind in NoticeKind for each in _told_of(book, kind)}
    cited = {row.violation_id for row in book.parts["citation"]}
    first = {row.id for row in _open(book) if not row.repeat_confirmed_on}
    heard = {
        row.id
        for row in book.parts["violation"]
        if book.law is not None and is_heard_though_corrected(row, law=book.law)
    }
    return bool((first - _told_of(book, NoticeKind.WARNING) - cited) | (heard - told - cited))


def may_be_cited(book: Book, row: Row, on: date) -> bool:
    """Tell whether a violation's time is over and it was seen to stand since, or it is a repeat."""
    if running_citation(book, row) is not None or is_ordered(book, row.id):
        return False
    looked = last_look(book)
    over = row.comply_by is not None and row.comply_by < on
    return bool(row.repeat_confirmed_on) or bool(over and looked and looked > row.comply_by)


def contest_over(_book: Book, row: Row, on: date) -> bool:
    """Tell whether the time to contest an order's affidavit has passed, or the contest is over."""
    return row.contest_by is None or bool(row.contest_by < on)


def contest_unheard(book: Book, _row: Row, _on: date) -> bool:
    """Tell whether a citation or an affidavit is contested and no hearing on it is to come."""
    heard = {row.citation_id for row in book.parts["hearing"]}
    cited = any(
        row.status == CitationStatus.CONTESTED and row.id not in heard
        for row in book.parts["citation"]
    )
    coming = {row.about for row in book.parts["hearing"] if row.status in _TO_COME}
    sworn = any(
        row.status == OrderStatus.CONTESTED and _last_on(book, row) is None
        for row in book.parts["order"]
    )
    return cited or (sworn and About.NONCOMPLIANCE not in coming)


def lacks_notice_of_hearing(book: Book, _row: Row, _on: date) -> bool:
    """Tell whether a hearing is on a docket and nobody is told of its day."""
    return any(is_untold(book, row) for row in book.parts["hearing"])


def is_untold(book: Book, hearing: Row) -> bool:
    """Tell whether a hearing is on a docket and no notice that names something tells of its day."""
    telling = [row for row in notices_of_hearing(book, hearing) if row.status in _LIVE]
    named = [row for row in telling if book.violations_of_notice.get(row.id)]
    return hearing.status == HearingStatus.DOCKETED and not named


def notices_of_hearing(book: Book, hearing: Row) -> list[Row]:
    """Return the notices of hearing that tell of the day a hearing has, whatever became of them."""
    return [
        row
        for row in book.parts["notice"]
        if row.kind == NoticeKind.NOTICE_OF_HEARING and tells_of(row.content, hearing)
    ]


def is_to_be_ordered(book: Book, row: Row, _on: date) -> bool:
    """Tell whether a hearing found a violation and no order rests on it."""
    before = row.about in {About.CITATION, About.VIOLATION}
    ordered = any(each.hearing_id == row.id for each in book.parts["order"])
    return before and row.outcome == Outcome.VIOLATION and not ordered


def after_hearing(outcome: str) -> Callable[[Book, Row, date], bool]:
    """Return the test whether a part's hearing came out so."""

    def came_out(book: Book, row: Row, _on: date) -> bool:
        if hasattr(row, "penalty_cents"):
            found = {each.outcome for each in book.parts["hearing"] if each.citation_id == row.id}
            return outcome in found
        return _last_on(book, row) == outcome

    return came_out


def is_found_corrected(book: Book, row: Row, _on: date) -> bool:
    """Tell whether what an order is about was found corrected, and the order does not say so."""
    violation = book.part("violation", row.violation_id)
    return violation is not None and violation.status == ViolationStatus.CORRECTED


def is_fined_unbound(book: Book, _row: Row, on: date) -> bool:
    """Tell whether a certified fine is owed and nothing bars recording it."""
    return not is_paid(book, _row, on) and not is_barred(book)


def is_barred(book: Book) -> bool:
    """Tell whether a block or an appeal bars collecting."""
    return any(row.until is None for row in book.blocks) or any(
        row.status in appeal.RUNNING for row in book.parts["appeal"]
    )


def is_paid(book: Book, _row: Row, on: date) -> bool:
    """Tell whether nothing is owed to the end of a day."""
    return reckon(book, on=on).owed_cents == 0


def is_to_be_paid(book: Book, row: Row, on: date) -> bool:
    """Tell whether something is owed, and nothing of it still to be heard."""
    heard = {each.status for each in book.parts["hearing"]} & set(_TO_COME)
    contested = any(each.status == CitationStatus.CONTESTED for each in book.parts["citation"])
    return not is_paid(book, row, on) and not heard and not contested


def settled_up(book: Book, row: Row, on: date) -> bool:
    """Tell whether a citation's or an order's violation is corrected and nothing is owed."""
    return is_found_corrected(book, row, on) and is_paid(book, row, on)


def is_nothing_left(book: Book, row: Row, on: date) -> bool:
    """Tell whether nothing in the case is open, unpaid or waiting."""
    planned = any(each.status in PLANNED for each in book.parts["inspection"])
    return not planned and only_visits_left(book, row, on)


def only_visits_left(book: Book, row: Row, on: date) -> bool:
    """Tell whether nothing in the case is open, unpaid or waiting, but for visits to come."""
    waits = any(
        each.status in UNFINISHED.get(PARTS[name], ())
        for name, rows in book.parts.items()
        if name != "inspection"
        for each in rows
    )
    return bool(book.parts["violation"]) and not waits and is_paid(book, row, on)


def _made(book: Book) -> list[Row]:
    return [row for row in book.parts["inspection"] if row.status == InspectionStatus.MADE]


def _open(book: Book) -> list[Row]:
    return [row for row in book.parts["violation"] if row.status == ViolationStatus.OPEN]


def _told_of(book: Book, kind: NoticeKind) -> set[int]:
    """Return the violations that a notice of a kind names which was not taken back."""
    rows = [row for row in book.parts["notice"] if row.kind == kind and row.status in _LIVE]
    return {each for row in rows for each in book.violations_of_notice.get(row.id, ())}


def _last_on(book: Book, row: Row) -> str | None:
    """Return how the latest hearing on an order's affidavit came out, held since it was filed."""
    held = [
        each
        for each in book.parts["hearing"]
        if each.about == About.NONCOMPLIANCE and each.outcome and each.held_on
        and row.affidavit_on and each.held_on >= row.affidavit_on
    ]  # fmt: skip
    return str(held[-1].outcome) if held else None
