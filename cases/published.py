"""Name the files that build the schemas `published`, all the public role may see, and `office`."""

from pathlib import Path

import geo

PUBLISHED = (
    Path(geo.__file__).with_name("office.sql"),
    Path(geo.__file__).with_name("published.sql"),
    Path(__file__).with_name("published.sql"),
    Path(__file__).with_name("published_map.sql"),
    Path(__file__).with_name("figures.sql"),
    Path(__file__).with_name("open_data.sql"),
    Path(__file__).with_name("office.sql"),
)
