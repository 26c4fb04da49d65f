"""List, per kind of layer, the fields Lotline knows and the column names they are known by."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing a row may say: its name here, and the usual names elsewhere (any case)."""

    name: str
    known_as: tuple[str, ...] = ()
    required: bool = False


PLACES = (
    Field(name="lon", known_as=("longitude", "long", "x")),
    Field(name="lat", known_as=("latitude", "y")),
    Field(name="wkt", known_as=("geometry", "geom", "the_geom", "shape")),
)
"""Where a table without geometry keeps its places: two columns, or one of WKT."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of layer and its fields; the first is the key by which rejects are told apart.

    One that `has_facts` keeps the numbers that a mapping names under ``[facts]``.
    """

    name: str
    fields: tuple[Field, ...]
    has_facts: bool = False

    @property
    def key(self) -> str:
        """The field that names a row."""
        return self.fields[0].name

    @property
    def field_names(self) -> tuple[str, ...]:
        """All fields a mapping may fill, with those that place a row of a table."""
        return (*(field.name for field in self.fields), *(place.name for place in PLACES))


PARCEL_NO = Field(
    name="parcel_no",
    known_as=(
        "parcel_id",
        "parcelid",
        "parcelno",
        "parcel",
        "pin",
        "apn",
        "folio",
        "map_par_id",
        "map_lot",
        "maplot",
        "ml",
        "parcelnumb",
        "parcel_num",
        "parcel_number",
    ),
    required=True,
)

PARCELS = Kind(
    name="parcels",
    fields=(
        PARCEL_NO,
        Field(
            name="situs_address",
            known_as=(
                "site_addr",
                "siteaddress",
                "situs",
                "property_address",
                "location",
                "address",
                "prop_addr",
            ),
        ),
        Field(name="land_use", known_as=("use_desc", "landuse", "use_code", "usecode", "luc")),
        Field(name="owner_name", known_as=("owner", "owner1", "own_name", "ownername")),
        Field(name="mail_line", known_as=("own_addr", "mail_address", "mailing_address")),
        Field(name="mail_city", known_as=("own_city",)),
        Field(name="mail_state", known_as=("own_state",)),
        Field(name="mail_zip", known_as=("own_zip",)),
        Field(name="homestead", known_as=("homestd",)),
    ),
)

ADDRESSES = Kind(
    name="addresses",
    fields=(
        Field(
            name="label",
            known_as=("address", "full_addr", "fulladdr", "location", "site_addr", "full_address"),
        ),
        Field(name="parcel_no", known_as=PARCEL_NO.known_as),
        Field(name="number", known_as=("st_num", "house_number", "addr_num", "add_number")),
        Field(name="street", known_as=("st_name", "street_name", "full_street", "stname")),
        Field(name="unit", known_as=("apt", "unit_no", "subaddress")),
        Field(name="zip", known_as=("zipcode", "zip_code", "postcode", "zip5")),
    ),
)

ZONES = Kind(
    name="zones",
    fields=(
        Field(name="code", known_as=("id", "zone", "district", "ward"), required=True),
        Field(name="kind"),
        Field(name="name", known_as=("label", "zone_name")),
        Field(name="officer_name", known_as=("officer", "inspector")),
    ),
    has_facts=True,
)

STREETS = Kind(
    name="streets",
    fields=(
        Field(name="source_key", known_as=("id", "segment_id", "globalid", "objectid")),
        Field(name="name", known_as=("street", "fullname", "street_name", "st_name", "full_name")),
        Field(name="rank"),
        Field(name="oneway", known_as=("one_way",)),
        Field(name="maxspeed_kmh"),
        Field(name="maxspeed_mph", known_as=("speed", "speed_limit", "speedlimit")),
    ),
)
