"""Show the town's law in plain words, and how another differs from it; put one in force."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField
from wtforms.validators import NumberRange, ValidationError

from cases import adopted
from cases.errors import CaseError
from cases.lawpack.errors import Fault, LawPackError
from cases.lawpack.reading import BUNDLED, DEFAULT, parse_pack, read_pack, text_of
from cases.lawpack.schema import LawPack
from cases.permissions import Right
from cases.plain_law.differing import compare
from cases.plain_law.sample import LABELS, Fact, SampleCase, reckon
from cases.plain_law.telling import in_plain_words
from cases.service.attempts import Method
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs, signed_in
from webmap.forms import GIVEN, Form, complain
from webmap.interpreting import say
from webmap.office.deeds.fields import as_choices, choice_of, day_of, select, today_field
from webmap.office.frame import blueprint
from webmap.words import day

UPLOADED = "file"
LARGEST = 400_000
"""Bytes of a pack that a page takes; a larger one is adopted on the command line."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = 3_650


@dataclass(frozen=True, slots=True)
class Offered:
    """A law pack that somebody looks at, with its text."""

    text: str
    law: LawPack

    @property
    def sha256(self) -> bytes:
        """The hash of its text, by which an adopted pack is known."""
        return hashlib.sha256(self.text.encode()).digest()


class LawForm(Form):
    """Which law is meant: one of those that come with Lotline, or a file of the town's."""

    other = select(lazy_gettext("The other law"), [GIVEN])
    file = FileField(
        lazy_gettext("The file"),
        description=lazy_gettext("A law pack as a TOML file, up to 400 kB. It is not stored."),
        render_kw={"accept": ".toml,application/toml"},
    )
    text = HiddenField()
    faults: tuple[Fault, ...] = ()

    def prepare(self) -> None:
        """Offer the laws to choose from."""
        named = ((name, f"{each.law.pack.title} ({name})") for name, each in bundled().items())
        self.other.choices = as_choices([*named, (UPLOADED, _("A file of your own"))])
        self.file.flags.where = _("for a file of your own")

    def offered(self) -> Offered | None:
        """Return what was chosen; None where it is wrong, which the form then tells.

        The text of a file goes along in the page, for a browser sends a file once.
        """
        if self.file.data:
            self.other.data = UPLOADED
        if self.other.data != UPLOADED:
            return bundled()[self.other.data]
        try:
            self.text.data = self._sent()
            return Offered(self.text.data, parse_pack(self.text.data, name=_("The file")))
        except LawPackError as error:
            self.faults = error.faults
            complain(self, "file", _("This law pack cannot be used until it is mended:"))
            return None

    def _sent(self) -> str:
        sent = self.file.data
        data = sent.stream.read(LARGEST + 1) if sent else (self.text.data or "").encode()
        return text_of(data, name=_("The file"), most=LARGEST)

    def validate_file(self, _field: FileField) -> None:
        """Ask for a file where one is meant."""
        if self.other.data == UPLOADED and not self.file.data and not self.text.data:
            raise ValidationError(_("Choose a file."))


class CompareForm(LawForm):
    """Another law, and the sample case that both are tried on."""

    section = select(lazy_gettext("What is violated"), [GIVEN])
    found_on = today_field(lazy_gettext("Found on"))
    method = SelectField(
        lazy_gettext("How each notice goes out"), [GIVEN], choices=choice_of(Method),
        default=Method.CERTIFIED_MAIL,
        description=lazy_gettext(
            "Where a law does not let it serve a notice, another way is taken."
        ),
    )  # fmt: skip
    corrected_after = IntegerField(
        lazy_gettext("Corrected after how many days"), [GIVEN, NumberRange(1, LONGEST)],
        default=60,
    )  # fmt: skip
    earlier = IntegerField(
        lazy_gettext("Earlier violations of the same"), [GIVEN, NumberRange(0, 20)], default=0,
        description=lazy_gettext("Each established, and 90 days apart."),
    )  # fmt: skip
    homestead = BooleanField(lazy_gettext("The property is a homestead"))
    law: LawPack

    def prepare_for(self, law: LawPack | None) -> None:
        """Offer the provisions of the law in force; of the one that we bring, where none is."""
        self.prepare()
        self.law = law or bundled()[DEFAULT.stem].law
        titles = {each.section: each.title for each in self.law.ordinances}
        self.section.choices = as_choices(
            (section, f"{section} {say(title)}") for section, title in titles.items()
        )
        if not self.is_submitted():
            others = {name: each.law for name, each in bundled().items() if each.law != law}
            self.other.data = next(iter(others), UPLOADED)
            self.section.data = _known_to_most(self.law, others.values())

    def validate_found_on(self, field: DateField) -> None:
        """Refuse a day that no law here speaks of."""
        if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(
                _("Give a day from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
            )

    def case(self) -> SampleCase:
        """Return the sample case."""
        found_on = day_of(self.found_on)
        categories = {each.section: each.category for each in self.law.ordinances}
        return SampleCase(
            section=self.section.data, category=categories[self.section.data], found_on=found_on,
            method=Method(self.method.data), corrected_after=int(self.corrected_after.data or 1),
            earlier=int(self.earlier.data or 0), homestead=bool(self.homestead.data),
        )  # fmt: skip


class AdoptForm(LawForm):
    """A law to put in force; `seen` says which text was shown before."""

    seen = HiddenField()


@blueprint.get("/law")
@signed_in
def law() -> str:
    """Show the laws that were put in force, and one of them in plain words."""
    asked = request.args.get("law", type=int)
    with reading() as desk:
        there = adopted.adoptions(desk.connection)
        read = next((each for each in there if asked in {None, each.law_pack_id}), None)
        if asked is not None and read is None:
            abort(404)
        told = in_plain_words(read.law) if read else ()
        return desk.page("office/law.html", adoptions=there, read=read, subjects=told)


@blueprint.route("/law/compare", methods=["GET", "POST"])
@signed_in
def compare_laws() -> str:
    """Show what another law says otherwise, and what it makes of a sample case."""
    form = CompareForm()
    shown: dict[str, Any] = {}
    with reading() as desk:
        form.prepare_for(desk.law)
        if form.validate_on_submit() and (offered := form.offered()):
            shown = {"other": offered.law, **_compared(desk.law, offered.law, form)}
        return desk.page("office/law_compare.html", form=form, law=desk.law, **shown)


@blueprint.post("/law/adopt")
@needs(Right.ADOPT_LAW)
def adopt_law() -> str | Response:
    """Say what a law would do once it is in force; put it in force when that was seen."""
    form = AdoptForm()
    form.prepare()
    offered = form.offered() if form.validate() else None
    if offered is None:
        flash(_("Choose a law first."), "error")
        return redirect(url_for("office.compare_laws"))
    if form.seen.data == offered.sha256.hex():
        try:
            with writing() as desk:
                adopted.adopt_text(
                    desk.connection, offered.text, name=_("The file"), on=desk.today,
                    by=desk.member.name,
                )  # fmt: skip
                return _adopted(desk, offered.law)
        except CaseError as error:
            form.form_errors.append(say(error))
    return _preview(form, offered)


@cache
def bundled() -> dict[str, Offered]:
    """Return the law packs that come with Lotline, by name."""
    return {
        path.stem: Offered(path.read_text(encoding="utf-8"), read_pack(path))
        for path in sorted(BUNDLED.glob("*.toml"))
    }


def _known_to_most(law: LawPack, others: Iterable[LawPack]) -> str:
    """Return a provision of a law whose kind the most of some others know."""
    known = Counter(
        kind for other in others for kind in {each.category for each in other.ordinances}
    )
    return max(law.ordinances, key=lambda each: known[each.category]).section


def _compared(now: LawPack | None, then: LawPack, form: CompareForm) -> dict[str, Any]:
    """Return what differs, and the facts of the sample case by both laws."""
    found: dict[str, Any] = {"differs": compare(now, then) if now else None}
    try:
        case = form.case()
        facts = list(_facts(case, now, then))
    except CaseError as error:
        form.form_errors.append(say(error))
    except (ValueError, OverflowError):  # days beyond any calendar
        form.form_errors.append(_("A day of this case lies beyond the calendar."))
    else:
        found |= {"case": case, "facts": facts}
    return found


def _facts(
    case: SampleCase, now: LawPack | None, then: LawPack
) -> Iterator[tuple[str, Fact | None, Fact]]:
    """Yield what each day or sum of a case is, by the law in force and by the other."""
    before, after = reckon(now, case) if now else {}, reckon(then, case)
    for key, label in LABELS.items():
        yield label, before.get(key), after[key]


def _adopted(desk: Desk, pack: LawPack) -> Response:
    about = pack.pack
    flash(
        _("%(law)s is in force for cases opened from %(day)s on.",
          law=f"{about.name} {about.version}", day=day(desk.today))
    )  # fmt: skip
    return redirect(url_for("office.law"))


def _preview(form: AdoptForm, offered: Offered) -> str:
    form.seen.data = offered.sha256.hex()
    with reading() as desk:
        is_there = desk.law == offered.law
        try:
            adopted.check_adoptable(
                desk.connection, offered.law.pack, offered.sha256, on=desk.today
            )
        except adopted.NoLawError as error:
            refused = say(error)
        else:
            refused = ""
        stay = sum(each.cases for each in adopted.adoptions(desk.connection))
        return desk.page(
            "office/law_adopt.html", form=form, other=offered.law, law=desk.law, stay=stay,
            refused=refused, is_there=is_there,
            differs=compare(desk.law, offered.law) if desk.law else None,
        )  # fmt: skip
