"""One suite for a folder and for a bucket of a real S3 server: the same promises, whatever holds the photos."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from field_app_schema.refusals import Refusal
from inspections.photos.receiving import take_whole
from inspections.photos.store import PhotoStore, photo_key, preview_key, screen_key, thumbnail_key
from tests.inspections.photos.s3_server import S3Server
from tests.visit_making import jpeg, sha

BIG = hashlib.shake_256(b"12 MB that no one can shrink").digest(12_000_000)


@pytest.fixture
def store(store_url: str) -> PhotoStore:
    return PhotoStore(store_url)


def keys(store: PhotoStore) -> list[str]:
    return sorted(file.key for portion in store.list_files() for file in portion)


def test_what_was_put_is_there_to_the_byte_also_for_another_process(store: PhotoStore, store_url: str) -> None:
    store.put_new("aa/x", b"\x00\xff first")
    assert store.get("aa/x") == b"\x00\xff first"
    assert PhotoStore(store_url).get("aa/x") == b"\x00\xff first"
    assert (store.size("aa/x"), store.size("aa/y")) == (8, None)


def test_what_is_not_there_is_none(store: PhotoStore) -> None:
    assert store.get("aa/x") is None
    assert store.get(thumbnail_key(sha(BIG))) is None


def test_what_is_stored_is_never_overwritten(store: PhotoStore) -> None:
    store.put_new("aa/x", b"first")
    store.put_new("aa/x", b"other")
    assert store.get("aa/x") == b"first"
    assert keys(store) == ["aa/x"]


def test_a_file_cut_short_by_a_copy_is_put_right(store: PhotoStore) -> None:
    store.put_new("aa/x", b"fir")
    store.put_new("aa/x", b"first")
    assert store.get("aa/x") == b"first"


def test_eight_writers_of_one_key_leave_one_content(store: PhotoStore) -> None:
    bodies = [bytes([number]) * 5000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda body: store.put_new("aa/x", body), bodies))
    assert store.get("aa/x") in bodies
    first = store.get("aa/x")
    store.put_new("aa/x", bytes([9]) * 5000)
    assert store.get("aa/x") == first
    assert keys(store) == ["aa/x"]


def test_a_photo_of_twelve_megabytes_goes_in_whole_and_once(store: PhotoStore) -> None:
    store.put_new(photo_key(sha(BIG)), BIG)
    store.put_new(photo_key(sha(BIG)), bytes(len(BIG)))
    assert store.size(photo_key(sha(BIG))) == 12_000_000
    assert store.get(photo_key(sha(BIG))) == BIG


def test_removed_is_gone_and_removing_again_is_no_fault(store: PhotoStore) -> None:
    store.put_new("aa/x", b"1")
    store.put_new("aa/y", b"2")
    store.remove("aa/x")
    store.remove("aa/x")
    assert keys(store) == ["aa/y"]


def test_moved_is_under_its_new_key_and_young(store: PhotoStore) -> None:
    store.put_new("aa/x", b"1")
    before = next(store.list_files())[0].modified_at
    store.move("aa/x", "swept/aa/x")
    store.move("aa/x", "swept/aa/x")
    assert (store.get("aa/x"), store.get("swept/aa/x")) == (None, b"1")
    assert [file.modified_at >= before for file in next(store.list_files())] == [True]


def test_it_lists_in_portions(store: PhotoStore) -> None:
    assert list(store.list_files()) == []
    for number in range(7):
        store.put_new(f"aa/{number}", b"12")
    portions = list(store.list_files(at_once=3))
    assert [len(portion) for portion in portions] == [3, 3, 1]
    assert sorted((file.key, file.size_bytes) for portion in portions for file in portion) == [
        (f"aa/{number}", 2) for number in range(7)
    ]


OUTSIDE = ["../x", "aa/../../x", "/etc/passwd", "aa//x", "", ".", "aa/..", "aa/x/", "AA/x", "a b"]


@pytest.mark.parametrize("key", OUTSIDE)
def test_a_key_never_leaves_the_store(key: str, store: PhotoStore) -> None:
    for attempt in (lambda: store.put_new(key, b"1"), lambda: store.get(key), lambda: store.remove(key),
                    lambda: store.move("aa/x", key), lambda: store.size(key)):  # fmt: skip
        with pytest.raises(ValueError, match="no key of a photo store"):
            attempt()
    assert keys(store) == []


def test_every_kind_of_file_has_its_place(store: PhotoStore) -> None:
    name = sha(BIG)
    for key in (photo_key(name), thumbnail_key(name), screen_key(name), preview_key(name, 7)):
        store.put_new(key, b"1")
    assert keys(store) == sorted([
        f"{name[:2]}/{name}", f"thumbnails/{name[:2]}/{name}.webp", f"screens/{name[:2]}/{name}.webp",
        f"previews/{name[:2]}/{name}-7",
    ])  # fmt: skip


def test_two_counties_in_one_bucket_do_not_see_each_other(s3: S3Server) -> None:
    here, there = PhotoStore(s3.url("two/here")), PhotoStore(s3.url("two/there"))
    here.put_new("aa/x", b"here")
    assert there.get("aa/x") is None
    assert keys(there) == []
    assert PhotoStore(s3.url("two")).get("here/aa/x") == b"here"


def refused(attempt: object) -> tuple[str, int, bool, str]:
    with pytest.raises(Refusal) as refusal:
        attempt()
    kind = refusal.value.kind
    return kind.code, kind.status, kind.retry, refusal.value.details["reason"]


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_wrong_keys_are_said_so_and_nothing_is_taken_for_stored(
    name: str, s3: S3Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    right = PhotoStore(s3.url("denied"))
    right.put_new("aa/x", b"1")
    monkeypatch.setenv(name, "another")
    wrong = PhotoStore(s3.url("denied"))
    body = jpeg(1)
    denied = ("STORAGE_AWAY", 503, True, "denied")
    assert refused(lambda: take_whole(wrong, sha(body), body)) == denied
    assert refused(lambda: wrong.get("aa/x")) == denied
    assert refused(lambda: wrong.remove("aa/x")) == denied
    assert refused(lambda: keys(wrong)) == denied
    assert "check its keys" in caplog.text
    assert "only-of-this-run" not in caplog.text
    assert keys(right) == ["aa/x"]


def test_a_bucket_that_is_not_there_is_no_missing_photo(s3: S3Server) -> None:
    elsewhere = PhotoStore(s3.url("x").replace("s3://photos/", "s3://phtoos/"))
    assert refused(lambda: elsewhere.get("aa/x")) == ("STORAGE_AWAY", 503, True, "no_bucket")


def test_a_dead_endpoint_is_said_soon_and_can_be_tried_again(s3: S3Server) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        dead = PhotoStore(f"s3://photos/x?endpoint=http://127.0.0.1:{nobody.getsockname()[1]}")
        begun = time.monotonic()
        for attempt in (lambda: dead.put_new("aa/x", b"1"), lambda: dead.get("aa/x"), lambda: keys(dead)):
            assert refused(attempt) == ("STORAGE_AWAY", 503, True, "unreachable")
        assert time.monotonic() - begun < 6


def test_other_addresses_are_no_store() -> None:
    with pytest.raises(ValueError, match="file:///folder or s3://bucket"):
        PhotoStore("ftp://somewhere")
    assert "AWS_SESSION_TOKEN" not in os.environ
