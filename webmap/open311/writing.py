"""Write answers as GeoReport v2 has them, in XML or in JSON as the address ends."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from flask import Response, current_app, json, request

from webmap.api.problems import CORS
from webmap.markup import fit_for_xml

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
PREFIX = "/open311/"
UNKNOWN = (
    "There is nothing of that name here. What may be asked is told at /open311/v2/discovery.xml "
    "and discovery.json; an address ends in .xml or .json."
)
UNASKED = "That is not asked in this way: the standard is at http://wiki.open311.org/GeoReport_v2."
_OWN = {404: UNKNOWN, 405: UNASKED}
"""What a program is told by us, which looks at no map."""


def speaks_georeport() -> bool:
    """Tell whether whoever asks now reads GeoReport."""
    return request.path.startswith(PREFIX)


def told(said: Any, *, form: str, root: str, item: str = "") -> Response:
    """Return an answer; a list's items are each named in XML."""
    return current_app.response_class(_written(said, form, root, item), content_type=TYPES[form])


def mistake_words(code: int, *, usual: str) -> str:
    """Return what to say of a mistake of whoever asks; where we have none, what a page says."""
    return _OWN.get(code, usual)


def mistake(
    code: int, *, detail: str, headers: Mapping[str, str] | None = None
) -> tuple[str, int, dict[str, str]]:
    """Return what went wrong, as a list of one error."""
    form = "json" if request.path.endswith(".json") else "xml"
    said = [{"code": code, "description": detail}]
    body = _written(said, form, "errors", "error")
    return body, code, {"Content-Type": TYPES[form], **CORS, **(headers or {})}


def _written(said: Any, form: str, root: str, item: str) -> str:
    if form == "json":
        return json.dumps(said)
    top = ET.Element(root)
    _fill(top, said, item)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(top, encoding="unicode")


def _fill(element: ET.Element, said: Any, item: str) -> None:
    if isinstance(said, Mapping):
        for name, value in said.items():
            _fill(ET.SubElement(element, name), value, _ITEMS.get(name, "value"))
    elif isinstance(said, Sequence) and not isinstance(said, str):
        for value in said:
            _fill(ET.SubElement(element, item), value, "value")
    elif isinstance(said, bool):
        element.text = str(said).lower()
    elif said is not None:
        element.text = fit_for_xml(str(said))


_ITEMS = {"attributes": "attribute", "endpoints": "endpoint", "formats": "format",
          "values": "value"}  # fmt: skip
