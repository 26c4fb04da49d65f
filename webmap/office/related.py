"""Show the cases elsewhere of whoever owns a case's parcel, or answers in the case."""

from cases.desk.owned import elsewhere
from cases.permissions import Right
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.book import book_of
from webmap.office.casework import head
from webmap.office.frame import blueprint


@blueprint.get("/case/<path:number>/owner")
@needs(Right.READ_CASE)
def same_owner(number: str) -> str:
    """Show every case elsewhere of the same owner, and how that is known."""
    with reading() as desk:
        book = book_of(desk, number)
        found = elsewhere(desk.connection, book, on=desk.today)
        return desk.page("office/same_owner.html", found=found, **head(desk, book))
