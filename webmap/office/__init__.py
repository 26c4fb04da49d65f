"""Show the people of the office their work: what is due, every case, and what may be done next."""

from flask import Flask

from webmap.office import (
    appointments,
    casework,
    changed_parcels,
    codes,
    complaint,
    complaints,
    contacts,
    deeds,
    deposits,
    docket,
    doing,
    exempt_places,
    files,
    finding,
    front,
    hearing_day,
    home,
    intake,
    issued,
    law,
    letters,
    lien_searches,
    lists,
    mailing,
    messages,
    moving,
    packets,
    parcels,
    post,
    records,
    related,
    statements,
    townmap,
    wording,
    zones,
)
from webmap.office.frame import blueprint, may_go, navigation

__all__ = [
    "appointments",
    "casework",
    "changed_parcels",
    "codes",
    "complaint",
    "complaints",
    "contacts",
    "deeds",
    "deposits",
    "docket",
    "doing",
    "exempt_places",
    "files",
    "finding",
    "front",
    "hearing_day",
    "home",
    "init_app",
    "intake",
    "issued",
    "law",
    "letters",
    "lien_searches",
    "lists",
    "mailing",
    "messages",
    "moving",
    "packets",
    "parcels",
    "post",
    "records",
    "related",
    "statements",
    "townmap",
    "wording",
    "zones",
]


def init_app(app: Flask) -> None:
    """Add the pages of the office, and the way to each in the head of every page of staff."""
    app.jinja_env.globals["office_nav"] = navigation
    app.jinja_env.globals.update(figure_link=front.link, may_go=may_go)
    app.register_blueprint(blueprint)
