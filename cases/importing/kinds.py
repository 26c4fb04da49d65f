"""List the fields of files of cases, liens and permits, and how columns are usually called."""

from geo.loading.kinds import PARCEL_NO, Field, Kind

_PARCEL = Field(name="parcel_no", known_as=PARCEL_NO.known_as)
_ADDRESS = Field(name="address", known_as=("situs_address", "location", "street_address"))

CASES = Kind(
    name="cases",
    fields=(
        Field(
            name="case_no",
            known_as=("case_number", "casenumber", "case_id", "caseno", "complaint_no"),
            required=True,
        ),
        _PARCEL,
        _ADDRESS,
        # One column that holds both coordinates, such as "(39.30952, -76.64848)".
        Field(name="latlon"),
        Field(name="lonlat"),
        Field(name="category", known_as=("case_type", "complaint_type", "type"), required=True),
        Field(name="priority"),
        Field(name="case_status"),
        Field(name="opened_on", known_as=("opened", "open_date", "case_date")),
        # The rows of a file are violations; one row may also be a case without its parts told.
        Field(name="violation_no", known_as=("violation_id", "violation_number")),
        Field(
            name="section",
            known_as=("citation", "code", "code_section", "ordinance"),
            required=True,
        ),
        Field(name="section_text", known_as=("code_text", "description")),
        Field(name="found_on", known_as=("violation_date", "date_found", "inspected_on")),
        Field(name="comply_by", known_as=("due_date", "deadline", "compliance_date")),
        Field(name="status", known_as=("violation_status",), required=True),
        Field(name="severity"),
        Field(name="owner_name", known_as=("owner", "respondent", "violator")),
        Field(name="complaint_no", known_as=("complaint_number", "request_no", "sr_number")),
        Field(name="complaint_channel", known_as=("channel", "intake", "source")),
        Field(name="complaint_received_on", known_as=("complaint_date", "received_on")),
        Field(name="complaint_closed_on", known_as=("complaint_close_date",)),
        # The source's own words, kept as they stood before [values] translated them.
        Field(name="source_status"),
        Field(name="case_source_status"),
    ),
)

LIENS = Kind(
    name="liens",
    fields=(
        Field(
            name="instrument_no",
            known_as=("instrument", "instrument_number", "document_no", "cfn"),
            required=True,
        ),
        _PARCEL,
        Field(name="case_no", known_as=("case_number", "casenumber", "case_id")),
        Field(name="book", known_as=("or_book", "book_no")),
        Field(name="page", known_as=("or_page", "page_no")),
        Field(name="recorded_on", known_as=("recorded", "record_date", "recording_date")),
        Field(name="released_on", known_as=("released", "release_date", "satisfied_on")),
        Field(name="amount", known_as=("lien_amount", "amount_due", "balance"), required=True),
        Field(name="status", known_as=("lien_status",)),
    ),
)

PERMITS = Kind(
    name="permits",
    fields=(
        Field(
            name="number",
            known_as=("permit_no", "permit_number", "permitnumber", "permit", "permit_id"),
            required=True,
        ),
        _PARCEL,
        _ADDRESS,
        Field(
            name="kind",
            known_as=("permit_type", "permittype", "type", "work_type", "worktype"),
            required=True,
        ),
        Field(name="status", known_as=("permit_status", "current_status")),
        Field(name="issued_on", known_as=("issued", "issue_date", "issued_date")),
        Field(name="expires_on", known_as=("expires", "expiration_date", "expiry_date")),
        Field(name="description", known_as=("work_description", "comments", "scope")),
    ),
)
