"""The job that reads a sign: once for each engine, with its crop, telling whoever must look again."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.photo_room import READER
from inspections.photos.pictures.exif import read_exif
from inspections.photos.store import PhotoStore, crop_key, photo_key
from inspections.photos.tables import Medium
from inspections.signage.engine import ENGINE, SignReader
from inspections.signage.photos.asking import ask_to_read_again, tell_of_reading
from inspections.signage.readings import Reader, newest_reading, read_sign, reading_line
from inspections.signage.tables import SignReading
from inspections.visits.tables import Inspection, Photo
from stations.channels.tables import ReportChannel
from tests.conftest import NOON
from tests.inspections.signage.sign_making import HOTLINE, A, B, Told, sign_photo
from tests.visit_making import ID_A, ID_B, jpeg, sha
from tests.world import World

LATER = NOON + dt.timedelta(hours=1)
PICTURE = sign_photo(B, HOTLINE)


@pytest.fixture
def engine() -> SignReader:
    """The real engine, loaded once for all tests of a process."""
    return READER


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    return PhotoStore((tmp_path / "photos").as_uri())


def put_photo(sessions: sessionmaker[Session], store: PhotoStore, body: bytes = PICTURE, **more: Any) -> str:
    store.put_new(photo_key(sha(body)), body)
    with sessions.begin() as session:
        session.add(Medium(sha256=sha(body), size_bytes=len(body), mime="image/jpeg", width_px=1000, height_px=400,
                           stored_at=NOON, **more))  # fmt: skip
    return sha(body)


def put_visit(session: Session, world: World, sha256: str, visit_id: str = ID_A, **more: Any) -> None:
    """Put a complete visit of JY001 by Chen whose photo of the sign this is."""
    said = {"sign_wording": "national"}
    row = Inspection(
        id=visit_id, body_sha256="0" * 64, body=b"{}", station_id=world.stations["JY001"],
        account_id=world.accounts["chen"].id, method="site_visit", state="complete", observed_state="open_operating",
        checks={}, form_version="1", started_at=NOON, ended_at=NOON, captured_at=NOON, received_at=NOON, clock={},
        on_site="on_site", **({"answers": said, "completed_at": NOON} | more),
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(Photo(inspection_id=visit_id, position=0, purpose="sign", sha256=sha256, size_bytes=1,
                      mime="image/jpeg", received_at=NOON))  # fmt: skip


def read(
    sessions: sessionmaker[Session], store: PhotoStore, reader: Reader, sha256: str, **more: Any
) -> dict[str, Any]:
    return read_sign(sessions, store, reader, {"sha256": sha256}, now=LATER, **more)


def test_a_sign_is_read_and_its_crop_made(
    sessions: sessionmaker[Session], store: PhotoStore, engine: SignReader
) -> None:
    sha256 = put_photo(sessions, store)
    assert read(sessions, store, engine, sha256) == {"read": True, "sign_class": "national", "is_sure": True}
    with sessions() as session:
        told = reading_line(session, sha256)
        assert told is not None
        assert (told["sign_class"], told["is_sure"], told["engine"], told["read_at"]) == (
            "national",
            True,
            ENGINE,
            LATER,
        )
        assert [(one["number"], one["level"]) for one in told["channels"]] == [("0731-82281234", "province")]
        left, top, right, bottom = told["box"]
        assert (0 <= left < 130, 0 <= top < 150, 870 < right <= 1000, 240 < bottom <= 400) == (True,) * 4
        row = newest_reading(session, sha256)
        assert row is not None
        assert B in [line["text"] for line in row.lines]
        assert (row.width_px, row.height_px, row.crop_at) == (1000, 400, LATER)
    crop = store.get(crop_key(sha256, ENGINE))
    assert crop is not None
    assert read_exif(crop) == {}
    assert b"Secret" not in crop
    with Image.open(io.BytesIO(crop)) as image:
        assert image.format == "WEBP"
        assert image.width <= 1000


def test_done_twice_it_reads_once(sessions: sessionmaker[Session], store: PhotoStore) -> None:
    sha256, reader = put_photo(sessions, store), Told()
    assert read(sessions, store, reader, sha256)["read"] is True
    assert read(sessions, store, reader, sha256) == {"read": False}
    assert reader.reads == 1
    with sessions() as session:
        assert len(list(session.scalars(select(SignReading)))) == 1


def test_of_two_workers_the_second_keeps_the_first_ones_row(sessions: sessionmaker[Session], store: PhotoStore) -> None:
    sha256 = put_photo(sessions, store)

    class Slow(Told):
        """Another worker finishes while this one still reads."""

        def read(self, body: bytes) -> Any:
            read(sessions, store, Told([A]), sha256)
            return super().read(body)

    assert read(sessions, store, Slow(), sha256) == {"read": False}
    with sessions() as session:
        assert [one.sign_class for one in session.scalars(select(SignReading))] == ["provincial"]


def test_what_cannot_be_decoded_leaves_nothing_and_is_not_tried_again(
    sessions: sessionmaker[Session], store: PhotoStore, engine: SignReader
) -> None:
    torn = put_photo(sessions, store, PICTURE[:3000])
    assert read(sessions, store, engine, torn)["read"] is False
    refused = put_photo(sessions, store, jpeg(3), refused_code="PHOTO_DAMAGED")
    assert read(sessions, store, Told(), refused) == {"read": False}
    assert read(sessions, store, Told(), "f" * 64) == {"read": False}
    with sessions() as session:
        assert list(session.scalars(select(SignReading))) == []
        assert reading_line(session, torn) is None


def test_a_photo_that_is_not_in_the_store_is_tried_again(
    sessions: sessionmaker[Session], store: PhotoStore, tmp_path: Path
) -> None:
    sha256 = put_photo(sessions, store)
    elsewhere = PhotoStore((tmp_path / "empty").as_uri())
    with pytest.raises(FileNotFoundError):
        read(sessions, elsewhere, Told(), sha256)


def test_where_no_sign_is_found_there_is_no_crop(sessions: sessionmaker[Session], store: PhotoStore) -> None:
    sha256 = put_photo(sessions, store)
    assert read(sessions, store, Told([]), sha256) == {"read": True, "sign_class": "absent", "is_sure": False}
    assert store.get(crop_key(sha256, ENGINE)) is None
    with sessions() as session:
        told = reading_line(session, sha256)
        assert told is not None
        assert (told["box"], told["has_crop"], told["channels"]) == (None, False, [])


def test_a_number_that_a_unit_made_known_is_told_by_its_level(
    sessions: sessionmaker[Session], store: PhotoStore, world: World
) -> None:
    sha256 = put_photo(sessions, store)
    with sessions.begin() as session:
        put_visit(session, world, sha256)
        known = {"office": "县商务局", "phone": "0746-5721234", "recorded_at": NOON}
        session.add_all([
            ReportChannel(unit_code="431125", valid_from=dt.date(2026, 1, 1), **known),
            # Of another county, of tomorrow, and of what was replaced: none of them speaks.
            ReportChannel(unit_code="430922", valid_from=dt.date(2026, 1, 1), **known | {"phone": "0737-8881234"}),
            ReportChannel(unit_code="4311", valid_from=dt.date(2027, 1, 1), **known),
            ReportChannel(unit_code="43", valid_from=dt.date(2026, 1, 1), superseded_at=NOON, **known),
        ])  # fmt: skip
    read(sessions, store, Told([B, "举报电话:0746-5721234"]), sha256)
    with sessions() as session:
        told = reading_line(session, sha256)
    assert told is not None
    assert [(one["number"], one["level"]) for one in told["channels"]] == [("0746-5721234", "county")]


@pytest.mark.parametrize(
    ("texts", "changes", "asked"),
    [([A], {}, 1), ([B], {}, 0), ([], {}, 0), ([A], {"answers": {"sign_wording": "provincial"}}, 0),
     ([A], {"answers": {}}, 1), ([A], {"completed_at": None}, 0)],
    ids=["differs", "agrees", "unsure", "agrees on A", "left open", "not complete"],
)  # fmt: skip
def test_a_visit_is_judged_again_where_its_answer_is_another(
    sessions: sessionmaker[Session], store: PhotoStore, world: World, texts: list[str], changes: dict[str, Any],
    asked: int,
) -> None:  # fmt: skip
    sha256 = put_photo(sessions, store)
    with sessions.begin() as session:
        put_visit(session, world, sha256, **changes)
    read(sessions, store, Told(texts), sha256, tell=lambda session, row: tell_of_reading(session, row, now=LATER))
    with sessions() as session:
        found = list(session.scalars(select(jobs.Job).where(jobs.Job.kind == "visit_judgement")))
        assert [one.payload for one in found] == [{"inspection_id": ID_A}] * asked


def test_a_judgement_that_runs_just_now_is_asked_for_once_more(
    sessions: sessionmaker[Session], store: PhotoStore, world: World
) -> None:
    sha256 = put_photo(sessions, store)
    with sessions.begin() as session:
        put_visit(session, world, sha256)
        jobs.ask(session, "visit_judgement", {"inspection_id": ID_A}, now=NOON, unique_key=f"visit_judgement:{ID_A}")
        session.execute(update(jobs.Job).values(state=jobs.RUNNING, lease_until=LATER))
    read(sessions, store, Told([A]), sha256, tell=lambda session, row: tell_of_reading(session, row, now=LATER))
    with sessions() as session:
        assert sorted(session.scalars(select(jobs.Job.state))) == ["running", "waiting"]


def test_a_visit_is_judged_again_when_a_second_photo_bears_the_inspector_out(
    sessions: sessionmaker[Session], store: PhotoStore, world: World
) -> None:
    first, second = put_photo(sessions, store), put_photo(sessions, store, sign_photo(A))
    with sessions.begin() as session:
        put_visit(session, world, first)
        session.add(Photo(inspection_id=ID_A, position=1, purpose="sign", sha256=second, size_bytes=1,
                          mime="image/jpeg", received_at=NOON))  # fmt: skip
    for sha256, text in ((first, A), (second, B)):
        # What was asked before is done by now.
        with sessions.begin() as session:
            session.execute(delete(jobs.Job))
        read(sessions, store, Told([text]), sha256, tell=lambda session, row: tell_of_reading(session, row, now=LATER))
        with sessions() as session:
            assert [job.payload for job in session.scalars(select(jobs.Job))] == [{"inspection_id": ID_A}]


def test_the_engines_name_may_grow_with_its_parts(sessions: sessionmaker[Session], store: PhotoStore) -> None:
    sha256 = put_photo(sessions, store)
    name = "rapidocr 3.10.0-rc.1+cpu / onnxruntime 1.30.0.dev20270131 / " + "m" * 140
    assert len(name) == 200
    read(sessions, store, Told(), sha256)
    with sessions.begin() as session:
        session.execute(update(SignReading).values(engine=name))
    with sessions() as session:
        newest = newest_reading(session, sha256)
        assert newest is not None
        assert newest.engine == name
    assert len(crop_key(sha256, name)) == len(crop_key(sha256, ENGINE))


def test_photos_are_read_again_by_a_new_engine(
    sessions: sessionmaker[Session], store: PhotoStore, world: World
) -> None:
    old, new = put_photo(sessions, store), put_photo(sessions, store, sign_photo(A))
    with sessions.begin() as session:
        put_visit(session, world, old)
        put_visit(session, world, new, ID_B)
    read(sessions, store, Told(), old)
    read(sessions, store, Told(), new)
    with sessions.begin() as session:
        assert ask_to_read_again(session, now=LATER) == 0
        session.execute(update(SignReading).where(SignReading.sha256 == old).values(engine="rapidocr 1"))
        assert ask_to_read_again(session, now=LATER) == 1
        ask_to_read_again(session, now=LATER)
        (job,) = session.scalars(select(jobs.Job).where(jobs.Job.kind == "sign_reading"))
        assert (job.payload, job.priority) == ({"sha256": old}, -1)
    assert read(sessions, store, Told([A]), old)["read"] is True
    with sessions() as session:
        newest = newest_reading(session, old)
        assert newest is not None
        assert (newest.sign_class, newest.engine) == ("provincial", ENGINE)
        assert len(list(session.scalars(select(SignReading).where(SignReading.sha256 == old)))) == 2


def test_asked_by_a_command(app: Flask, sessions: sessionmaker[Session], store: PhotoStore, world: World) -> None:
    sha256 = put_photo(sessions, store)
    with sessions.begin() as session:
        put_visit(session, world, sha256)
    told = app.test_cli_runner().invoke(args=["signs-read-again"])
    assert (told.exit_code, told.output) == (0, "已安排 1 张照片 / asked for 1 photos\n")


def test_what_a_web_process_imports_does_not_load_the_engine() -> None:
    rooms = "inspections.signage.photos.asking, inspections.signage.photos.crops"
    code = f"import sys, {rooms}; print({{'rapidocr', 'onnxruntime', 'cv2'}} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.strip() == "set()"
