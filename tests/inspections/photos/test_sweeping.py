"""Orphans go and nothing that a row names ever does, whatever files and rows there are."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session, sessionmaker

from api.photo_room import NAMERS
from db import make_engine, session_factory, writing
from field_app_schema.refusals import Refusal
from inspections.photos.store import (
    PhotoStore,
    aside_key,
    crop_key,
    marked_key,
    photo_key,
    preview_key,
    screen_key,
    thumbnail_key,
)
from inspections.photos.tables import Medium, PhotoPreview
from inspections.photos.upkeep.sweeping import SWEPT, sweep_orphans
from inspections.quarantine.keeping import MEDIUM, Sent, keep_aside
from inspections.signage.tables import SignReading
from tests.conftest import NOON
from tests.visit_making import ID_A, claim, jpeg, sent, sha
from tests.world import World

DAY = dt.timedelta(days=1)
PHOTO, OTHER = jpeg(1), jpeg(2)
NAME, STRAY = sha(PHOTO), sha(OTHER)
NOTHING = {"looked_at": 0, "strange": 0, "laid_aside": 0, "put_back": 0, "removed": 0, "originals_removed": 0,
           "halves_removed": 0}  # fmt: skip


def put(folder: Path, key: str, *, age: dt.timedelta) -> None:
    path = folder / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    touch(path, age)


def touch(path: Path, age: dt.timedelta) -> None:
    at = (NOON - age).timestamp()
    os.utime(path, (at, at))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> PhotoStore:
    return PhotoStore(folder.as_uri())


def write_rows(app: Flask, world: World, sessions: sessionmaker[Session]) -> list[str]:
    """Write a row of every kind that names files of NAME, and give the keys of those files."""
    visit = sent(photos=[claim(PHOTO)])
    assert app.test_client().put(f"/api/v1/inspections/{ID_A}", data=visit, headers=world.as_phone("chen")).status_code
    with writing(sessions) as session:
        session.add(Medium(sha256=NAME, size_bytes=1, mime="image/jpeg", width_px=1, height_px=1, stored_at=NOON))
        session.flush()
        session.add(PhotoPreview(sha256=NAME, sent_by=world.callers["chen"].account_id, size_bytes=1, stored_at=NOON))
        session.add(SignReading(sha256=NAME, engine="one", read_at=NOON, confidence=0, is_sure=False, channels=[],
                                lines=[], width_px=1, height_px=1, took_ms=1))  # fmt: skip
        kept = Sent(MEDIUM, "f" * 64, b"", stored_as=aside_key(NAME), stored_sha256=NAME, stored_size=1)
        keep_aside(session, world.callers["chen"], kept, Refusal("PHOTO_HASH"), now=NOON)
    sender = world.callers["chen"].account_id or 0
    return [photo_key(NAME), thumbnail_key(NAME), screen_key(NAME), preview_key(NAME, sender), aside_key(NAME),
            marked_key(ID_A, NAME), crop_key(NAME, "one")]  # fmt: skip


def test_whatever_a_row_names_stays_for_years(
    app: Flask, world: World, sessions: sessionmaker[Session], store: PhotoStore, folder: Path
) -> None:
    keys = write_rows(app, world, sessions)
    for key in keys:
        put(folder, key, age=3000 * DAY)
    assert sweep_orphans(sessions, store, NAMERS, now=NOON) == NOTHING | {"looked_at": 7}
    assert files(folder) == sorted(keys)


def test_what_no_row_names_goes_in_two_steps_each_kind_at_its_age(
    world: World, sessions: sessionmaker[Session], store: PhotoStore, folder: Path
) -> None:
    made = [thumbnail_key(STRAY), screen_key(STRAY), preview_key(STRAY, 7), marked_key(ID_A, STRAY),
            crop_key(STRAY, "one")]  # fmt: skip
    for key in [*made, photo_key(STRAY), aside_key(STRAY)]:
        put(folder, key, age=7 * DAY)
    assert sweep_orphans(sessions, store, NAMERS, now=NOON) == NOTHING | {"looked_at": 7}
    later = NOON + dt.timedelta(seconds=1)
    assert sweep_orphans(sessions, store, NAMERS, now=later) == NOTHING | {"looked_at": 7, "laid_aside": 5}
    originals = [photo_key(STRAY), aside_key(STRAY)]
    assert files(folder) == sorted([*originals, *(SWEPT + key for key in made)])
    for key in [*originals, *(SWEPT + key for key in made)]:
        touch(folder / key, 8 * DAY)
    assert sweep_orphans(sessions, store, NAMERS, now=NOON) == NOTHING | {"looked_at": 7, "removed": 5}
    for key in originals:
        touch(folder / key, 30 * DAY)
    assert sweep_orphans(sessions, store, NAMERS, now=NOON) == NOTHING | {"looked_at": 2}
    assert sweep_orphans(sessions, store, NAMERS, now=later)["laid_aside"] == 2
    for key in originals:
        touch(folder / (SWEPT + key), 31 * DAY)
    assert sweep_orphans(sessions, store, NAMERS, now=NOON) == NOTHING | {
        "looked_at": 2, "removed": 2, "originals_removed": 2}  # fmt: skip
    assert files(folder) == []


def test_a_file_laid_aside_comes_back_when_its_row_is_there(
    app: Flask, world: World, sessions: sessionmaker[Session], store: PhotoStore, folder: Path
) -> None:
    put(folder, photo_key(NAME), age=40 * DAY)
    sweep_orphans(sessions, store, NAMERS, now=NOON)
    assert files(folder) == [SWEPT + photo_key(NAME)]
    write_rows(app, world, sessions)
    assert sweep_orphans(sessions, store, NAMERS, now=NOON + 300 * DAY) == NOTHING | {"looked_at": 1, "put_back": 1}
    assert files(folder) == [photo_key(NAME)]


def test_a_row_written_between_the_question_and_the_move_has_its_file_at_once(
    app: Flask, world: World, sessions: sessionmaker[Session], store: PhotoStore, folder: Path
) -> None:
    put(folder, photo_key(NAME), age=40 * DAY)
    asked: list[int] = []

    def slow_room(_session: Session, hashes: Sequence[str]) -> set[str]:
        asked.append(1)
        return {photo_key(one) for one in hashes} if len(asked) > 1 else set()

    assert sweep_orphans(sessions, store, [slow_room], now=NOON) == NOTHING | {"looked_at": 1}
    assert files(folder) == [photo_key(NAME)]


def test_halves_of_killed_writers_go_and_what_we_do_not_know_stays(
    world: World, sessions: sessionmaker[Session], store: PhotoStore, folder: Path
) -> None:
    half, young = f"{photo_key(STRAY)}.0123456789abcdef.part", f"{photo_key(NAME)}.0123456789abcdef.part"
    put(folder, half, age=8 * DAY)
    put(folder, young, age=DAY)
    put(folder, "readme.txt", age=3000 * DAY)
    assert sweep_orphans(sessions, store, NAMERS, now=NOON) == NOTHING | {
        "looked_at": 3, "strange": 1, "removed": 1, "halves_removed": 1}  # fmt: skip
    assert files(folder) == sorted(["readme.txt", young])


NAMES = [sha(bytes([number])) for number in range(4)]
KINDS = [photo_key, thumbnail_key, screen_key, aside_key, lambda name: marked_key(ID_A, name),
         lambda name: crop_key(name, "one"), lambda name: preview_key(name, 7)]  # fmt: skip
SOME_FILES = st.dictionaries(
    st.tuples(st.integers(0, len(KINDS) - 1), st.sampled_from(NAMES)), st.integers(0, 80), max_size=20
)
SOME_ROWS = st.sets(st.tuples(st.integers(0, len(KINDS) - 1), st.sampled_from(NAMES)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(ages=SOME_FILES, before=SOME_ROWS, after=SOME_ROWS, sweeps=st.lists(st.integers(0, 40), max_size=6))
def test_random_files_and_rows(
    ages: dict[tuple[int, str], int], before: set[tuple[int, str]], after: set[tuple[int, str]], sweeps: list[int],
    no_rows: sessionmaker[Session],
) -> None:  # fmt: skip
    """Rows come and go while days pass; in the end, after two more sweeps, what is named is there, all that was."""
    named = {KINDS[kind](name) for kind, name in before}
    folder = Path(tempfile.mkdtemp())
    try:
        store, now = PhotoStore(folder.as_uri()), NOON
        for (kind, name), days in ages.items():
            put(folder, KINDS[kind](name), age=days * DAY)
        there = set(files(folder))
        room = [lambda _session, _hashes: named]
        kept = named & there
        for days in sweeps:
            now += days * DAY
            sweep_orphans(no_rows, store, room, now=now)
            assert kept <= set(files(folder))
        # A row may come late for a file that is still there somewhere: it is put back by the next sweep.
        left = {key.removeprefix(SWEPT) for key in files(folder)}
        named |= {KINDS[kind](name) for kind, name in after}
        sweep_orphans(no_rows, store, room, now=now)
        assert named & left <= set(files(folder))
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def no_rows(sqlite_template: Path) -> sessionmaker[Session]:
    return session_factory(make_engine(f"sqlite:///{sqlite_template}"))


def test_a_bucket_is_swept_like_a_folder(store_url: str, no_rows: sessionmaker[Session]) -> None:
    store, now = PhotoStore(store_url), dt.datetime.now(dt.UTC)
    named: set[str] = {photo_key(NAME), thumbnail_key(NAME)}
    for key in [*named, photo_key(STRAY), thumbnail_key(STRAY), screen_key(STRAY)]:
        store.put_new(key, key.encode())
    room = [lambda _session, _hashes: named]

    def sweep(days: int) -> dict[str, int]:
        return sweep_orphans(no_rows, store, room, now=now + days * DAY)

    assert sweep(6) == NOTHING | {"looked_at": 5}
    assert sweep(8)["laid_aside"] == 2
    assert (store.get(thumbnail_key(STRAY)), store.get(photo_key(STRAY))) == (None, photo_key(STRAY).encode())
    named.add(thumbnail_key(STRAY))
    assert sweep(8)["put_back"] == 1
    assert store.get(thumbnail_key(STRAY)) == thumbnail_key(STRAY).encode()
    assert (sweep(31)["laid_aside"], sweep(62)["originals_removed"]) == (1, 1)
    left = sorted(file.key for portion in store.list_files() for file in portion)
    assert left == sorted(named)
