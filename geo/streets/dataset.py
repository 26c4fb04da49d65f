"""Build the street dataset that routes are computed on, and find it again.

A dataset folder holds `dataset.json`, which names the build in use, and that build's own folder.
A new build replaces the old one by a single rename of `dataset.json`: one that fails, or is
killed, leaves the streets as they were.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from geo.streets.errors import StreetFileError, StreetsError, StreetsMissingError

SUFFIXES = (".osm.pbf", ".pbf", ".osm.bz2", ".osm.xml", ".osm")
RECORD = "dataset.json"

type Progress = Callable[[str], None]


@dataclass(frozen=True)
class StreetsDataset:
    """A built dataset: where it is, and which file and engine it came from."""

    base: Path
    source_name: str
    source_sha256: str
    engine: str


FIELDS = {field.name for field in fields(StreetsDataset)}


class Replacement:
    """A dataset being built beside the one in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.built: StreetsDataset | None = None

    def build(self, source: Path, *, progress: Progress | None = None) -> StreetsDataset:
        """Build the dataset from an OpenStreetMap file; nobody sees it yet.

        Raises
        ------
        StreetFileError
            As `build_from_osm` does.
        """
        suffix = _suffix(source)
        wanted = _describe(source)
        current = _recorded(self._folder)
        if current and (current.source_sha256, current.engine) == wanted[1:]:
            self.built = current
            return current
        _sweep(self._folder)  # a killed builder's folder may bear our own process id
        build = self._folder / f"build-{wanted[1][:16]}-{os.getpid()}"
        _run_osrm(source, build, suffix=suffix, progress=progress or (lambda _: None))
        self.built = StreetsDataset(build / "streets.osrm", *wanted)
        return self.built


@contextmanager
def replacing(folder: Path) -> Iterator[Replacement]:
    """Take what is built inside into use at the end, or leave all as it was if anything fails.

    Around a transaction, this keeps the streets on the road those of the database: they change
    after its commit. Other builders wait.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_builder(folder):
        replacement = Replacement(folder)
        try:
            yield replacement
            if replacement.built is not None:
                _adopt(folder, replacement.built)
        finally:
            _sweep(folder)


def build_from_osm(
    source: Path, folder: Path, *, progress: Progress | None = None
) -> StreetsDataset:
    """Build the dataset from an OpenStreetMap file, and take it into use.

    Parameters
    ----------
    source
        OpenStreetMap data: `.osm`, `.osm.bz2` or `.osm.pbf`.
    folder
        The dataset folder. An earlier dataset in it stays in use until the new one is ready. The
        same file again is not built again.
    progress
        Called with the name of each stage as it begins.

    Returns
    -------
    StreetsDataset

    Raises
    ------
    StreetFileError
        When the file is missing, damaged, of another format or without a street to drive on.
    """
    with replacing(folder) as replacement:
        return replacement.build(source, progress=progress)


def open_dataset(folder: Path) -> StreetsDataset:
    """Find the dataset in use.

    Parameters
    ----------
    folder
        The dataset folder.

    Raises
    ------
    StreetsMissingError
        When no streets were imported into it.
    """
    dataset = _recorded(folder)
    if dataset is None:
        msg = f"There are no streets in {folder}. Load them with 'lotline import streets FILE'."
        raise StreetsMissingError(msg)
    return dataset


def _suffix(source: Path) -> str:
    if not source.is_file():
        msg = f"There is no street file {source}. Give the path of an existing file."
        raise StreetFileError(msg)
    for suffix in SUFFIXES:
        if source.name.lower().endswith(suffix):
            return suffix
    msg = (
        f"{source.name} is not named as OpenStreetMap data: expected a name ending in "
        f"{', '.join(SUFFIXES)}. Rename it, or import it as a centreline file."
    )
    raise StreetFileError(msg)


def _describe(source: Path) -> tuple[str, str, str]:
    with source.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return source.name, digest, f"osrm {version('osrm-bindings')} car"


@contextmanager
def _only_builder(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run_osrm(source: Path, build: Path, *, suffix: str, progress: Progress) -> None:
    build.mkdir()
    copy = build / f"streets{suffix}"
    copy.symlink_to(source.resolve())
    progress("Reading the streets")
    _command("extract", "-p", str(_profile()), copy.name, source=source, build=build)
    progress("Preparing them for routing")
    _command("contract", "streets.osrm", source=source, build=build)
    copy.unlink()


def _profile() -> Path:
    spec = find_spec("osrm")
    if spec is None or spec.origin is None:
        msg = "The street engine is not installed. Run script/bootstrap and try again."
        raise StreetFileError(msg)
    return Path(spec.origin).parent / "share" / "profiles" / "car.lua"


def _command(*words: str, source: Path, build: Path) -> None:
    # -P: a file named osrm.py in the build folder must not be taken for the engine.
    done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-P", "-m", "osrm", *words],
        cwd=build,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise StreetFileError(_failure(done.stdout + done.stderr, source=source))


def _failure(output: str, *, source: Path) -> str:
    if "no edges remaining" in output or "no nodes" in output.lower():
        return (
            f"{source.name} holds no street that a car may drive on: expected ways with a "
            "'highway' tag. Choose an extract that covers the town."
        )
    complaints = [line.strip() for line in output.splitlines() if "what():" in line]
    complaints += [line.strip() for line in output.splitlines() if "[error]" in line]
    reason = complaints[0].partition("what():")[2].strip() if complaints else ""
    return (
        f"{source.name} cannot be read as OpenStreetMap data"
        f"{f' ({reason})' if reason else ''}: it is damaged, cut short or of another format. "
        "Download it again."
    )


def _adopt(folder: Path, dataset: StreetsDataset) -> None:
    record = asdict(dataset) | {"base": str(dataset.base.relative_to(folder))}
    fresh = folder / f"{RECORD}.new"
    fresh.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    fresh.replace(folder / RECORD)


def _recorded(folder: Path) -> StreetsDataset | None:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        record = None
    if not isinstance(record, dict) or {*record} != FIELDS or not isinstance(record["base"], str):
        msg = f"{folder / RECORD} is damaged. Remove it, and import the streets again."
        raise StreetsError(msg)
    return StreetsDataset(**record | {"base": folder / record["base"]})


def _sweep(folder: Path) -> None:
    """Remove every build but the one in use, leftovers of killed builders included."""
    current = _recorded(folder)
    for build in folder.glob("build-*"):
        if current is None or build != current.base.parent:
            shutil.rmtree(build)
