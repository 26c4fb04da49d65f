"""Write an export of another system: some cases of each status, in its own words and columns."""

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

AS_OF = date(2025, 6, 30)

type Cells = dict[str, Any]
type Place = tuple[str, str]
"""A parcel's number and its address."""

WORDS = {
    "cases.status": {
        "COMPLAINT RCVD": "reported", "VIOLATION CONFIRMED": "verified", "NOV MAILED": "noticed",
        "NOV SERVED": "served", "NOV PAST DUE": "served", "UCV ISSUED": "cited",
        "HRG REQUESTED": "hearing", "ORDER ENTERED": "ordered", "FINE RUNNING": "fined",
        "LIEN RECORDED": "lien", "IN COMPLIANCE": "complied", "CLOSED-PAID": "closed",
        "CLOSED-ORDER": "closed", "NO VIOLATION": "unfounded", "VOID": "void",
        "LEGAL DEPT": "by_hand",
    },
    "cases.respondent_kind": {"OWN": "owner", "TEN": "tenant", "BUS": "business"},
    "violations.code": {
        "GRASS": "30-36(a)", "TRASH": "30-36(b)", "LOT": "30-36(c)", "POOL": "30-38",
        "VEHICLE": "30-41",
    },
    "violations.status": {
        "ALLEGED": "alleged", "OPEN": "open", "CORRECTED": "corrected", "CLOSED": "closed",
        "UNFOUNDED": "unfounded", "VOID": "voided",
    },
    "notices.kind": {"NOV": "warning", "NOH": "notice_of_hearing", "ORD": "order"},
    "notices.method": {"CM": "certified_mail", "HAND": "hand", "POST": "posting"},
    "citations.status": {"SERVED": "served", "PAID": "settled"},
    "citations.method": {"CM": "certified_mail", "HAND": "hand"},
    "hearings.status": {"REQ": "requested", "HEARD": "decided"},
    "hearings.outcome": {"GUILTY": "violation", "NOT GUILTY": "no_violation"},
    "orders.status": {"SERVED": "served", "CERTIFIED": "certified", "SATISFIED": "satisfied"},
    "charges.kind": {
        "UCV": "penalty", "DAILY": "daily_fine", "ADMIN": "cost", "REC": "fee",
    },
    "payments.kind": {"CHK": "paid", "CASH": "paid", "CC": "paid", "ADJ": "waived"},
    "liens.status": {"FILED": "recorded", "RELEASED": "released"},
    "documents.kind": {"PIC": "photo", "LTR": "correspondence"},
}  # fmt: skip
"""By file and column, what the old system's words mean here."""

COLUMNS = {
    "cases": {
        "case_no": "CASE_NO", "status": "STATUS", "opened_on": "STARTED", "closed_on": "CLOSED",
        "category": "CASE_TYPE", "parcel_no": "SITE_APN", "address": "SITE_ADDR",
        "officer": "ASSIGNED_TO", "respondent_name": "OWNER_NAME",
        "respondent_address": "OWNER_ADDR", "respondent_kind": "OWNER_TYPE", "balance": "BAL_DUE",
    },
    "violations": {
        "case_no": "CASE_NO", "violation_no": "VIOL_NO", "code": "VIOL_CODE", "status": "STATUS",
        "found_on": "OBSERVED", "comply_by": "CORRECT_BY", "corrected_on": "CORRECTED",
    },
}  # fmt: skip
"""How two of its files call their columns; the others have ours."""

STATUSES = tuple(WORDS["cases.status"])


def pdf(text: str) -> bytes:
    """A PDF of one page with one line on it."""
    shown = f"BT /F1 14 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>"
        % b"<< /Font << /F1 5 0 R >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + table + end


class Writer:
    """Gathers the rows of an export and writes them out, with its totals and its mapping."""

    def __init__(
        self, places: Sequence[Place], *, officers: Mapping[str, str] | None = None
    ) -> None:
        self.places = places
        self.officers = dict(officers or {})
        self.files: dict[str, list[Cells]] = {
            name: [] for name in (
                "cases", "violations", "notices", "citations", "hearings", "orders", "charges",
                "payments", "liens", "documents", "notes",
            )
        }  # fmt: skip
        self.papers: dict[str, bytes] = {}

    def add(self, name: str, **cells: Any) -> None:
        self.files[name].append(cells)

    def case(self, at: int, status: str, **changes: Any) -> None:
        """Add a case of a status, with all that such a case has."""
        opened = AS_OF - timedelta(days=200 + at * 37 % 900)
        no = f"CE{opened:%y}-{at:05d}"
        parcel_no, address = self.places[at % len(self.places)]
        row = {
            "case_no": no, "status": status, "opened_on": opened, "closed_on": None,
            "category": None, "parcel_no": parcel_no, "address": address,
            "officer": sorted(self.officers)[at % len(self.officers)] if self.officers else None,
            "respondent_name": f"OWNER {at % 40} LLC",
            "respondent_address": f"{at % 40 + 1} Bay St, Orrin Bay, FL 32960",
            "respondent_kind": "BUS", "balance": None,
        } | changes  # fmt: skip
        self.files["cases"].append(row)
        self._parts(at, no, status, opened=opened, row=row)

    def _parts(self, at: int, no: str, status: str, *, opened: date, row: Cells) -> None:
        ended = {"IN COMPLIANCE", "CLOSED-PAID", "CLOSED-ORDER", "NO VIOLATION", "VOID"}
        viol = {"COMPLAINT RCVD": "ALLEGED", "IN COMPLIANCE": "CORRECTED",
                "CLOSED-PAID": "CORRECTED", "CLOSED-ORDER": "CORRECTED",
                "NO VIOLATION": "UNFOUNDED", "VOID": "VOID"}.get(status, "OPEN")  # fmt: skip
        corrected = opened + timedelta(days=120) if viol == "CORRECTED" else None
        if status in ended and status != "IN COMPLIANCE":
            row["closed_on"] = opened + timedelta(days=140)
        codes = tuple(WORDS["violations.code"])
        due = (
            AS_OF + timedelta(days=9)
            if status in ("NOV MAILED", "NOV SERVED")
            else (opened + timedelta(days=30))
        )
        self.add("violations", case_no=no, violation_no="1", code=codes[at % 5], status=viol,
                 found_on=opened, comply_by=due, corrected_on=corrected)  # fmt: skip
        if at % 3 == 0:
            said = "Spoke with the neighbor: the gate is locked"
            self.add("notes", note_no=f"N{at}", case_no=no, written_on=opened + timedelta(days=2),
                     written_by="JK", text=said)  # fmt: skip
        if at % 5 == 0:
            self._paper(at, no, on=opened)
        if status not in ("COMPLAINT RCVD", "VIOLATION CONFIRMED", "NO VIOLATION", "VOID"):
            served = None if status == "NOV MAILED" else opened + timedelta(days=6)
            self.add("notices", notice_no=f"NOV{at}", case_no=no, kind="NOV",
                     issued_on=opened + timedelta(days=1), served_on=served,
                     method="CM" if served else None, order_no=None)  # fmt: skip
        self._cited(at, no, status, opened=opened)
        self._heard(at, no, status, opened=opened)

    def _paper(self, at: int, no: str, *, on: date) -> None:
        name, data = f"{no}.pdf", pdf(f"Letter in case {no}")
        self.papers[name] = data
        self.add("documents", document_no=f"D{at}", case_no=no, file=name,
                 sha256=hashlib.sha256(data).hexdigest(), kind="LTR", title=f"Letter of {no}",
                 added_on=on)  # fmt: skip

    def _cited(self, at: int, no: str, status: str, *, opened: date) -> None:
        if status not in ("UCV ISSUED", "CLOSED-PAID"):
            return
        paid = status == "CLOSED-PAID"
        issued = opened + timedelta(days=40)
        self.add("citations", citation_no=f"UCV{at}", case_no=no, violation_no="1",
                 status="PAID" if paid else "SERVED", issued_on=issued,
                 served_on=issued + timedelta(days=3), method="HAND", contested_on=None,
                 answer_by=issued + timedelta(days=23), penalty="250.00")  # fmt: skip
        self.charge(f"{at}-1", no, issued, "UCV", 25_000, for_no=f"UCV{at}")
        self.charge(f"{at}-2", no, issued, "ADMIN", 1_000 + at % 90)
        if paid:
            self.pay(f"{at}-1", no, issued + timedelta(days=60), "CHK", 26_000 + at % 90)
        elif at % 2:
            self.pay(f"{at}-1", no, issued + timedelta(days=10), "CASH", 7_533)

    def _heard(self, at: int, no: str, status: str, *, opened: date) -> None:
        if status == "HRG REQUESTED":
            self.add("hearings", hearing_no=f"H{at}", case_no=no, status="REQ", citation_no=None,
                     held_on=None, body=None, outcome=None, findings=None)  # fmt: skip
        if status not in ("ORDER ENTERED", "FINE RUNNING", "LIEN RECORDED", "CLOSED-ORDER"):
            return
        held = (
            AS_OF - timedelta(days=20)
            if status == "ORDER ENTERED"
            else (opened + timedelta(days=60))
        )
        self.add("hearings", hearing_no=f"H{at}", case_no=no, status="HEARD", citation_no=None,
                 held_on=held, body="Special Magistrate", outcome="GUILTY",
                 findings="The lot is overgrown.")  # fmt: skip
        comply = (
            AS_OF + timedelta(days=10) if status == "ORDER ENTERED" else (held + timedelta(days=30))
        )
        runs = status in ("FINE RUNNING", "LIEN RECORDED")
        closed = status == "CLOSED-ORDER"
        certified = comply + timedelta(days=20) if runs or closed else None
        complied = opened + timedelta(days=120) if closed else None
        word = "CERTIFIED" if runs else "SATISFIED" if closed else "SERVED"
        self.add("orders", order_no=f"O{at}", case_no=no, violation_no="1", hearing_no=f"H{at}",
                 status=word, executed_on=held, comply_by=comply, per_day="50.00", cap=None,
                 affidavit_on=comply + timedelta(days=3) if certified else None,
                 certified_on=certified, complied_on=complied)  # fmt: skip
        self.add("notices", notice_no=f"ORD{at}", case_no=no, kind="ORD",
                 issued_on=held, served_on=held + timedelta(days=5), method="CM",
                 order_no=f"O{at}")  # fmt: skip
        if runs:
            self.charge(f"{at}-1", no, comply + timedelta(days=40), "DAILY", 40 * 5_000,
                        for_no=f"O{at}")  # fmt: skip
            self.pay(f"{at}-1", no, comply + timedelta(days=41), "CC", 10_001 + at % 7)
        if status == "LIEN RECORDED":
            self.charge(f"{at}-2", no, comply + timedelta(days=50), "REC", 1_850)
            self.add("liens", instrument_no=f"2025-{at:06d}", case_no=no, status="FILED",
                     recorded_on=comply + timedelta(days=50), ended_on=None, amount="2,018.50",
                     book="1022", page=str(at), order_no=f"O{at}")  # fmt: skip
        if closed:
            self.charge(f"{at}-1", no, certified or held, "DAILY", 30 * 5_000 - 5_000,
                        for_no=f"O{at}")  # fmt: skip
            self.pay(f"{at}-1", no, opened + timedelta(days=125), "CHK", 100_000)
            self.pay(f"{at}-2", no, opened + timedelta(days=126), "ADJ", 45_000)

    def charge(
        self, no: str, case_no: str, on: date, kind: str, cents: int, *, for_no: str | None = None
    ) -> None:
        self.add("charges", charge_no=f"C{no}", case_no=case_no, charged_on=on, kind=kind,
                 amount=money(cents), for_no=for_no, memo=None)  # fmt: skip

    def pay(self, no: str, case_no: str, on: date, kind: str, cents: int) -> None:
        self.add("payments", payment_no=f"P{no}", case_no=case_no, paid_on=on, kind=kind,
                 amount=money(cents), memo=None)  # fmt: skip

    def write(self, folder: Path) -> Path:
        """Write the export, its totals as its own report would have them, and its mapping."""
        for name in ("files", "mapping"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        owed = balances(self.files)
        for row in self.files["cases"]:
            row["balance"] = money(owed[row["case_no"]])
        for name, rows in self.files.items():
            if rows:
                _csv(folder / f"{name}.csv", _renamed(name, rows))
        for name, data in self.papers.items():
            (folder / "files" / name).write_bytes(data)
        _csv(folder / "totals.csv", list(self._totals(owed)))
        self._mapping(folder / "mapping")
        return folder

    def _totals(self, owed: Mapping[str, int]) -> Sequence[Cells]:
        told: list[Cells] = [
            {"what": "rows", "of": name, "count": len(rows), "amount": None}
            for name, rows in self.files.items() if rows
        ]  # fmt: skip
        by_status: Counter[str] = Counter()
        cents: Counter[str] = Counter()
        for row in self.files["cases"]:
            by_status[row["status"]] += 1
            cents[row["status"]] += owed[row["case_no"]]
        told += [
            {"what": "cases", "of": each, "count": count, "amount": money(cents[each])}
            for each, count in by_status.items()
        ]
        told += [
            {"what": "balance", "of": None, "count": None, "amount": money(sum(owed.values()))}
        ]
        liens: Counter[str] = Counter(row["status"] for row in self.files["liens"])
        for each, count in liens.items():
            amounts = [_cents(row["amount"]) for row in self.files["liens"]
                       if row["status"] == each]  # fmt: skip
            told.append(
                {"what": "liens", "of": each, "count": count, "amount": money(sum(amounts))}
            )
        return told

    def _mapping(self, folder: Path) -> None:
        lines = ['system = "CodeTrak"', f"as_of = {AS_OF}", 'encoding = "cp1252"', ""]
        for name, columns in COLUMNS.items():
            lines += [f"[columns.{name}]"]
            lines += [f'{ours} = "{theirs}"' for ours, theirs in columns.items()] + [""]
        (folder / "system.toml").write_text("\n".join(lines), encoding="utf-8")
        words = WORDS | ({"cases.officer": self.officers} if self.officers else {})
        for place, told in words.items():
            rows = [{"theirs": theirs, "ours": ours} for theirs, ours in told.items()]
            _csv(folder / f"{place}.csv", rows)


def balances(files: Mapping[str, Sequence[Cells]]) -> Counter[str]:
    """What each case owes, by plain addition."""
    owed: Counter[str] = Counter()
    for row in files["charges"]:
        owed[row["case_no"]] += _cents(row["amount"])
    for row in files["payments"]:
        owed[row["case_no"]] -= _cents(row["amount"])
    return owed


def money(cents: int) -> str:
    """Write cents as the old system does."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _cents(said: str) -> int:
    whole, part = said.replace(",", "").split(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int(part))


def _renamed(name: str, rows: Sequence[Cells]) -> list[Cells]:
    theirs = COLUMNS.get(name, {})
    return [{theirs.get(key, key): _said(value) for key, value in row.items()} for row in rows]


def _said(value: Any) -> Any:
    return f"{value:%m/%d/%Y}" if isinstance(value, date) else value


def _csv(path: Path, rows: Sequence[Cells]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def export(
    folder: Path,
    places: Sequence[Place],
    *,
    count: int = 64,
    officers: Mapping[str, str] | None = None,
) -> Writer:
    """Write an export of so many cases, each status in turn; gives its writer, to change it."""
    writer = Writer(places, officers=officers)
    for at in range(count):
        writer.case(at, STATUSES[at % len(STATUSES)])
    writer.write(folder)
    return writer
