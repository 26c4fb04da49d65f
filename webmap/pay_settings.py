"""Read from the environment where the page is that takes payments for the town, if one does."""

from collections.abc import Mapping

from cases.hosted import HostedPage
from cases.paying import AtTheCounter, Payments
from webmap.partners import Asked, Partner, read_partner

ASKED = Asked(
    url="LOTLINE_PAY_URL",
    secret="LOTLINE_PAY_SECRET",  # noqa: S106 - the name of a setting
    what="paying online",
    example="https://pay.example.gov/town",
)
PAY_KEYS = (ASKED.url, ASKED.secret)


def read_pay(environ: Mapping[str, str]) -> Partner | None:
    """Return what LOTLINE_PAY_URL and LOTLINE_PAY_SECRET say, None where neither is set.

    Raises
    ------
    SettingError
        One of them is missing, or is not what it should be. No secret is repeated.
    """
    return read_partner(environ, ASKED)


def payments(environ: Mapping[str, str]) -> Payments:
    """Return how the town is paid.

    Raises
    ------
    SettingError
        As `read_pay` says.
    """
    found = read_pay(environ)
    return HostedPage(found.url, secret=found.secret) if found else AtTheCounter()
