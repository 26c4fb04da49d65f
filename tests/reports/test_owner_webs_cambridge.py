"""The webs of owners of Cambridge against a count made by pandas from the file itself."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from cases.owners.names import name_key, read_name
from reports.owners.joining import REGISTERED
from reports.owners.web import Web
from reports.owners.webs import Webs, webs

pytestmark = pytest.mark.realdata

ON, AFTER = date(2016, 4, 1), date(2011, 4, 1)


@pytest.fixture(scope="module")
def found(cambridge: sa.Connection) -> Webs:
    return webs(cambridge, on=ON, years=5)


@pytest.fixture(scope="module")
def violations(realdata: Path) -> pd.DataFrame:
    path = realdata / "cambridge" / "violations.csv.gz"
    return pd.read_csv(path, dtype=str, parse_dates=["complaint_date"], keep_default_na=False)


def whose(name: str, parcel_no: str) -> str:
    """Name an owner as the rolls of a town without addresses allow: a company, or one on a lot."""
    key = name_key(name)
    return key if REGISTERED & set(read_name(name).kinds) else f"{key} on {parcel_no}"


def by_pandas(violations: pd.DataFrame) -> pd.DataFrame:
    named = violations[violations["owner"] != ""]
    owners = [whose(*row) for row in zip(named["owner"], named["ML"], strict=True)]
    named = named.assign(owner_is=owners)[["complaint_no", "owner_is"]].drop_duplicates()
    cases = violations.groupby("complaint_no").agg(
        day=("complaint_date", "first"),
        open_cases=("violation_status", lambda told: "Open" in set(told)),
        violations=("code", "size"),
    )
    days = cases["day"]
    cases = cases.assign(in_window=(days > str(AFTER)) & (days <= str(ON)), cases=1)
    columns = ["cases", "open_cases", "in_window", "violations"]
    return named.join(cases, on="complaint_no").groupby("owner_is")[columns].sum().astype(int)


def test_every_web_counts_what_pandas_counts(found: Webs, violations: pd.DataFrame) -> None:
    ours = pd.DataFrame(
        {
            "owner_is": whose(web.name, web.parcels[0].parcel_no),
            "cases": web.figures.cases,
            "open_cases": web.figures.open_cases,
            "in_window": web.figures.in_window,
            "violations": web.figures.violations,
        }
        for web in found.ranked
    ).set_index("owner_is")
    truth = by_pandas(violations)
    assert len(ours) == len(truth) == 9090
    pd.testing.assert_frame_equal(ours.sort_index(), truth.sort_index(), check_dtype=False)


def test_whoever_has_most_cases_comes_first_and_each_web_is_found_by_its_code(
    found: Webs,
) -> None:
    counts = [web.figures.in_window for web in found.ranked]
    assert counts == sorted(counts, reverse=True)
    assert (counts[0], found.unowned, found.nameless) == (120, 79, 0)
    assert all(found.of(web.code) == web for web in found.ranked[:50])


def test_every_link_and_every_suggestion_of_the_worst_is_explained(found: Webs) -> None:
    for web in found.ranked[:40]:
        if len(web.cards) > 1:
            assert explained(found, web) >= len(web.cards) - 1
        for suggested in found.suggested(web):
            assert suggested.web.number != web.number
            assert suggested.reasons
            assert all(reason.words for reason in suggested.reasons)


def explained(found: Webs, web: Web) -> int:
    return sum(bool(link.words) and link.how != "spelled" for link in found.links(web))
