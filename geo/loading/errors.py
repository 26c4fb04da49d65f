"""Name what makes a whole file impossible to take in; single rows are rejected, not raised."""

from geo.errors import LotlineError


class ReadingError(LotlineError):
    """The file is missing, broken, empty, of an unknown format, or holds several layers."""


class MappingError(LotlineError):
    """The mapping file is not TOML, or says something no mapping may say."""


class ColumnError(LotlineError):
    """A column the mapping names, or the layer needs, is not in the file."""


class AsOfError(LotlineError):
    """The file's date lies before what is already on record, or in the future."""


class PartialFileError(LotlineError):
    """A file that must hold the whole town holds a part of it."""


class UndoError(LotlineError):
    """An import cannot be undone."""


class NothingUsableError(LotlineError):
    """Every single row of a file was rejected."""
