"""The document store keeps each file once, under its hash, whole or not at all."""

import hashlib
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cases.digests import DigestError
from cases.documents.errors import DamagedFileError, NoSuchFileError, StoreError
from cases.documents.store import Store

DATA = b"The hedge on 2 June" * 1000
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


def _files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_a_file_lies_under_its_hash_and_comes_back_as_it_was(store: Store, folder: Path) -> None:
    assert not store.holds(NAME)
    assert store.put(DATA) == NAME
    assert _files(folder) == [f"{NAME[:2]}/{NAME[2:4]}/{NAME}"]
    assert store.holds(NAME)
    assert store.get(NAME) == DATA


def test_a_file_that_is_there_is_not_written_again(store: Store, folder: Path) -> None:
    store.put(DATA)
    (path,) = (each for each in folder.rglob("*") if each.is_file())
    before = path.stat()
    assert store.put(DATA) == NAME
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_many_who_store_one_file_at_once_leave_one_whole_file(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: Store(folder).put(DATA), range(64)))
    assert set(names) == {NAME}
    assert len(_files(folder)) == 1
    assert Store(folder).get(NAME) == DATA


def test_a_damaged_file_is_told_of_and_never_handed_out(store: Store, folder: Path) -> None:
    store.put(DATA)
    path = folder / NAME[:2] / NAME[2:4] / NAME
    path.write_bytes(DATA[:-1])
    with pytest.raises(DamagedFileError, match=f"{NAME} is damaged.*from a backup"):
        store.get(NAME)
    with pytest.raises(DamagedFileError):
        store.put(DATA)
    again = folder.parent / "again.zip"
    again.write_bytes(DATA)
    with pytest.raises(DamagedFileError, match="from a backup"):
        store.put_file(again)
    assert path.read_bytes() == DATA[:-1]
    path.write_bytes(DATA)
    assert store.put_file(again) == NAME


def test_a_disk_that_takes_no_more_is_one_clear_error_and_leaves_nothing(
    store: Store, folder: Path
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(DATA) // 2, hard))
    try:
        with pytest.raises(StoreError, match=r"cannot be written \(.*\): free some space"):
            store.put(DATA)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert _files(folder) == []
    assert not store.holds(NAME)
    assert store.put(DATA) == NAME


def test_a_store_that_cannot_be_written_or_read_says_so(store: Store, folder: Path) -> None:
    folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        store.put(DATA)
    with pytest.raises(StoreError, match="cannot be read") as told:
        store.get(NAME)
    assert not isinstance(told.value, NoSuchFileError)


def test_what_was_never_stored_is_not_there(store: Store) -> None:
    with pytest.raises(NoSuchFileError, match=f"holds no file {NAME}"):
        store.get(NAME)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "", NAME.upper(), f"{NAME}/x", NAME[:-1]])
def test_only_a_hash_names_a_file(store: Store, name: str) -> None:
    with pytest.raises(DigestError):
        store.get(name)
    with pytest.raises(DigestError):
        store.holds(name)


def test_a_store_may_be_any_that_fsspec_knows(tmp_path: Path) -> None:
    for where in ("memory://lotline-test/documents", f"file://{tmp_path}/by-url"):
        store = Store(where)
        assert store.put(DATA) == NAME
        assert store.put(DATA) == NAME
        assert store.get(NAME) == DATA
    with pytest.raises(StoreError, match="cannot be opened"):
        Store("nowhere://bucket")
