"""Of a file cut off anywhere, what stands in its whole lines is read, in order, and nothing else is made up."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app_schema.refusals import Refusal
from inspections.outbox_files.lines import LONGEST, MOST_DAMAGED, survey, things_of
from tests.outbox_making import PHOTOS, head, photo, record, visit_body, whole_file

LINES = whole_file(1, 2)
WHOLE = b"".join(LINES)


def told(content: bytes) -> list[tuple[int, str]]:
    return [(thing.line, thing.what) for thing in things_of(io.BytesIO(content))]


EVERYTHING = told(WHOLE)


@given(st.integers(0, len(WHOLE)))
def test_a_cut_off_file_gives_what_its_whole_lines_give(at: int) -> None:
    found = told(WHOLE[:at])
    whole_lines = WHOLE[:at].count(b"\n")
    assert found[:whole_lines] == EVERYTHING[:whole_lines]
    # What is left of the line that was cut: nothing, or damaged, or, without its line end, the line itself.
    assert found[whole_lines:] in ([], [(whole_lines + 1, "damaged")], EVERYTHING[whole_lines : whole_lines + 1])
    if found in ([], [(1, "damaged")]):
        with pytest.raises(Refusal, match="OUTBOX_FILE_UNREADABLE"):
            survey(io.BytesIO(WHOLE[:at]))
    else:
        assert survey(io.BytesIO(WHOLE[:at])).is_whole == (at >= len(WHOLE) - 1)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_one_changed_byte_spoils_no_other_line(at: int, byte: int) -> None:
    changed = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    line = WHOLE[:at].count(b"\n") + 1
    if changed[at : at + 1] == b"\n" or WHOLE[at : at + 1] == b"\n":
        return
    assert [one for one in told(changed) if one[0] != line] == [one for one in EVERYTHING if one[0] != line]


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_named_as_damaged(content: bytes) -> None:
    for thing in things_of(io.BytesIO(content)):
        assert thing.problem


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=8))
def test_a_line_of_the_right_kind_with_anything_in_it_is_read_or_damaged(value: object) -> None:
    for name in ("id", "kind", "account_id", "sha256", "body_base64"):
        told_line = json.loads(record(visit_body(), 1)) | {name: value}
        (thing,) = things_of(io.BytesIO(json.dumps(told_line).encode()))
        if not thing.problem:
            assert (thing.record_id, thing.account_id) == (told_line["id"].lower(), int(told_line["account_id"]))


def test_bytes_that_are_not_what_the_line_says_are_refused() -> None:
    for spoilt in (photo(PHOTOS[0], sha256="0" * 64), photo(PHOTOS[0], bytes_base64="no base64!")):
        (thing,) = things_of(io.BytesIO(spoilt))
        with pytest.raises(Refusal, match="OUTBOX_LINE"):
            thing.content()


def test_a_line_that_is_too_long_is_passed_over_without_being_held() -> None:
    content = io.BytesIO(head() + b"x" * (3 * LONGEST) + b"\n" + record(visit_body(), 1))
    tracemalloc.start()
    found = [(thing.line, thing.what) for thing in things_of(content)]
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(1, "head"), (2, "damaged"), (3, "record")]
    assert peak_bytes < 2.5 * LONGEST


def test_a_file_of_many_photos_is_never_in_memory_as_a_whole() -> None:
    one = photo(b"\xff" * 300_000)
    content = io.BytesIO(head() + one * 100)
    tracemalloc.start()
    assert survey(content).lines == 101
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # A line as bytes, as text and as values, and the one before it; the file is a hundred lines long.
    assert peak_bytes < 10 * len(one)


def test_a_file_with_a_few_damaged_lines_is_still_a_file() -> None:
    assert survey(io.BytesIO(head() + b"x\n" * MOST_DAMAGED)).is_whole is False
