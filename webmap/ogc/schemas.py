"""Say what the answers about features hold, as OpenAPI 3.0 writes it."""

from typing import Any

_TEXT = {"type": "string"}
_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}
_PLACE = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3}
_RING = {"type": "array", "items": _PLACE, "minItems": 4}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


def _geometry(kind: str, coordinates: dict[str, Any]) -> dict[str, Any]:
    type_ = {"type": "string", "enum": [kind]}
    return _object(["type", "coordinates"], type=type_, coordinates=coordinates)


SCHEMAS: dict[str, Any] = {
    "Link": _object(["href", "rel"], href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
    "Landing": _object(["links"], title=_TEXT, description=_TEXT, links=_LINKS),
    "Conformance": _object(["conformsTo"], conformsTo={"type": "array", "items": _TEXT}),
    "Collection": _object(
        ["id", "links"], id=_TEXT, title=_TEXT, description=_TEXT, links=_LINKS, itemType=_TEXT,
        extent={"type": "object"}, crs={"type": "array", "items": _TEXT},
    ),
    "Collections": _object(
        ["links", "collections"], links=_LINKS,
        collections={"type": "array", "items": {"$ref": "#/components/schemas/Collection"}},
    ),
    "Point": _geometry("Point", _PLACE),
    "MultiPolygon": _geometry(
        "MultiPolygon", {"type": "array", "items": {"type": "array", "items": _RING}}
    ),
    "Problem": _object(
        ["type", "title", "status", "detail"], type=_TEXT, title=_TEXT, detail=_TEXT,
        status={"type": "integer"}, instance=_TEXT,
        errors={"type": "array", "items": _object(["where", "what"], where=_TEXT, what=_TEXT,
                                                  do=_TEXT)},
    ),
}  # fmt: skip
"""By their names in the document."""
