"""Resuming: wherever the line is cut, however pieces overlap or repeat, the whole is the whole."""

from __future__ import annotations

import fcntl
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.refusals import Refusal
from inspections.photos.receiving import WholeFile, take_piece
from inspections.photos.staging import Piece, Staging
from inspections.photos.store import PhotoStore, photo_key
from tests.visit_making import jpeg, sha

PICTURE = jpeg(1)
NAME, SIZE = sha(PICTURE), len(PICTURE)


@settings(max_examples=150, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE)), max_size=12),
    back=st.lists(st.integers(0, SIZE), min_size=20, max_size=20),
)
def test_any_cuts_any_repeats_one_photo(cuts: list[tuple[int, int]], back: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        staging, store = Staging(Path(folder) / "s"), PhotoStore((Path(folder) / "p").as_uri())
        held = 0
        for first, length in cuts:
            body = PICTURE[first : first + length]
            if first > held:
                with pytest.raises(Refusal) as refused:
                    take_piece(staging, store, 1, NAME, Piece(first, SIZE, body))
                assert refused.value.details == {"offset": held}
                continue
            taken = take_piece(staging, store, 1, NAME, Piece(first, SIZE, body))
            held = max(held, first + len(body))
            assert isinstance(taken, WholeFile) == (held == SIZE)
            assert staging.received_bytes(1, NAME) == held
        for step_back in back:
            first = max(0, held - step_back)
            body = PICTURE[first : held + 97]
            taken = take_piece(staging, store, 1, NAME, Piece(first, SIZE, body))
            held = min(SIZE, held + 97)
        taken = take_piece(staging, store, 1, NAME, Piece(held, SIZE, PICTURE[held:]))
        assert isinstance(taken, WholeFile)
        assert taken.refusal is None
        assert store.get(photo_key(NAME)) == PICTURE


@pytest.mark.parametrize("offset", range(0, SIZE, 7))
def test_it_resumes_from_every_seventh_byte(offset: int, tmp_path: Path) -> None:
    staging, store = Staging(tmp_path / "s"), PhotoStore((tmp_path / "p").as_uri())
    take_piece(staging, store, 1, NAME, Piece(0, SIZE, PICTURE[:offset]))
    # Another process, after a restart, sees the same offset.
    assert Staging(tmp_path / "s").received_bytes(1, NAME) == offset
    taken = take_piece(Staging(tmp_path / "s"), store, 1, NAME, Piece(offset, SIZE, PICTURE[offset:]))
    assert isinstance(taken, WholeFile)
    assert store.get(photo_key(NAME)) == PICTURE


def test_two_threads_with_one_file_take_turns(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    body = os.urandom(400_000)

    def send(_number: int) -> None:
        held = 0
        while held < len(body):
            held = staging.append(1, "x", Piece(held, len(body), body[held : held + 50_000]))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert staging.read(1, "x") == body


def test_old_pieces_are_swept_and_young_ones_stay(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    for name in ("old", "young"):
        staging.append(1, name, Piece(0, 10, b"12345"))
    os.utime(tmp_path / "1-old", (1_000, 1_000))
    assert staging.sweep(older_than=2_000) == 1
    assert (staging.received_bytes(1, "old"), staging.received_bytes(1, "young")) == (0, 5)


def test_a_piece_that_comes_while_its_old_file_is_swept_is_not_lost(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.append(1, "x", Piece(0, 10, b"12345"))
    os.utime(tmp_path / "1-x", (1_000, 1_000))
    sweeper = ThreadPoolExecutor(1)
    with (tmp_path / "1-x").open("r+b") as sending:
        fcntl.flock(sending, fcntl.LOCK_EX)  # as `append` holds it
        swept = sweeper.submit(staging.sweep, 2_000)
        with pytest.raises(TimeoutError):
            swept.result(timeout=0.2)
        sending.seek(5)
        sending.write(b"67890")
    assert swept.result(timeout=10) == 0
    assert staging.read(1, "x") == b"1234567890"
    sweeper.shutdown()
