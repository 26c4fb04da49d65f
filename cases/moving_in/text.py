"""Take a CSV file apart strictly, line by line, and name what of it is not whole."""

import codecs
import csv
import io
from pathlib import Path

from cases.moving_in.errors import Fault

type Line = tuple[int, list[str]]
"""The number of a line in its file, and its cells."""


def rows_of(
    path: Path, *, name: str, encoding: str, faults: list[Fault]
) -> tuple[list[str], list[Line]]:
    """Return the first line of a file and the others with their numbers; blank lines are none.

    Parameters
    ----------
    name
        How the file is told of.
    faults
        What is wrong with it is added here; a line that is not whole is left out.
    """
    text = _decoded(path, name=name, encoding=encoding, faults=faults)
    if text is None:
        return [], []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        why = f"cannot be taken apart ({error})"
        faults.append(Fault(name, begins, "", "", why, _CUT_OFF))
    if not lines:
        faults.append(Fault(name, 0, "", "", "is empty", _CUT_OFF))
        return [], []
    header = [cell.strip() for cell in lines[0][1]]
    whole = [line for line in lines[1:] if _is_whole(line, header, name=name, faults=faults)]
    return header, whole


_CUT_OFF = "Export the file again: it may have been cut off"


def _is_whole(line: Line, header: list[str], *, name: str, faults: list[Fault]) -> bool:
    number, cells = line
    if len(cells) == len(header):
        return True
    why = f"has {len(cells)} cells where the first line names {len(header)} columns"
    faults.append(Fault(name, number, "", "", why, _CUT_OFF))
    return False


def _decoded(path: Path, *, name: str, encoding: str, faults: list[Fault]) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
        faults.append(Fault(name, 0, "", "", why, "Put it there, or open it to be read"))
        return None
    try:
        text = data.decode("utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        value = data[error.start : error.start + 1].hex()
        remedy = 'Export it again as UTF-8, or say encoding = "cp1252" in mapping/system.toml'
        why = f"is a byte that no {encoding} text has there"
        faults.append(Fault(name, line, "", f"0x{value}", why, remedy))
        return None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        faults.append(Fault(name, line, "", "", "holds binary data, not text", _CUT_OFF))
        return None
    return text
