"""Ask for what many deeds rest on: a court's paper, a resolution, an instrument, an answer."""

from flask_babel import lazy_gettext as _

from cases.deadlines import Answer
from cases.instruments import Recording
from cases.papers import CourtPaper, Resolution
from webmap.office.deeds.deed import DeedForm
from webmap.office.deeds.fields import day_field, day_of, happened_field, today_field, words_field


class PaperForm(DeedForm):
    """What a court said, and where it stands."""

    paper_no = words_field(
        _("The court's paper"), description=_("As its clerk would find it, such as: Order, doc. 12")
    )
    signed_on = happened_field(_("Of which day"))

    def paper(self) -> CourtPaper:
        """Return the paper."""
        return CourtPaper(number=self.paper_no.data or "", signed_on=day_of(self.signed_on))


class ResolutionForm(DeedForm):
    """What the governing body resolved."""

    resolution_no = words_field(_("Resolution"), most=100)
    passed_on = happened_field(_("Passed on"))

    def resolution(self) -> Resolution:
        """Return the resolution."""
        return Resolution(number=self.resolution_no.data or "", passed_on=day_of(self.passed_on))


class RecordingForm(DeedForm):
    """The marks of the clerk of the court on an instrument."""

    instrument_no = words_field(_("Instrument number"), most=60)
    recorded_on = today_field(_("Recorded on"))
    book = words_field(_("Book"), most=20, needed=False)
    page = words_field(_("Page"), most=20, needed=False)

    def recording(self) -> Recording:
        """Return the marks."""
        return Recording(
            instrument_no=self.instrument_no.data or "", recorded_on=day_of(self.recorded_on),
            book=self.book.data or None, page=self.page.data or None,
        )  # fmt: skip


class AnswerForm(DeedForm):
    """The days a paper was posted and came; the town's law says which counts."""

    received_on = today_field(_("Received on"))
    postmarked_on = day_field(
        _("Postmarked on"), description=_("Leave it open for what did not come by mail.")
    )

    def answer(self) -> Answer:
        """Return both days."""
        return Answer(received_on=day_of(self.received_on), postmarked_on=self.postmarked_on.data)
