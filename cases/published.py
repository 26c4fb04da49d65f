"""Name the files that build the schema `published`: all that the public role may see."""

from pathlib import Path

import geo

PUBLISHED = (
    Path(geo.__file__).with_name("published.sql"),
    Path(__file__).with_name("published.sql"),
)
