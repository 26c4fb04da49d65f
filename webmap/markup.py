"""Make words fit to stand in XML."""

import re

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold at all."""


def fit_for_xml(text: str) -> str:
    """Return a text with a mark in place of each character that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
