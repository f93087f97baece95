"""The short code of a print, as the phone writes it and as people type it; the phone's tests hold the same examples."""

from __future__ import annotations

import pytest

from inspections.chain.codes import normal, range_of, short_code, written

# The phone's twin: field_app/tests/pictures.test.ts.
EXAMPLES = [
    ("0" * 64, "0000000000"),
    ("f" * 64, "ZZZZZZZZZZ"),
    ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "WERC8GMRZG"),
    ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "Q9W1DFWF07"),
]


@pytest.mark.parametrize(("sha256", "code"), EXAMPLES, ids=["zeros", "ones", "empty", "abc"])
def test_the_code_of_a_photo(sha256: str, code: str) -> None:
    assert short_code(sha256) == code
    first, last = range_of(code)
    assert (len(first), len(last)) == (64, 64)
    assert first <= sha256 <= last
    assert short_code(first) == short_code(last) == code


def test_what_lies_beside_has_another_code() -> None:
    first, last = range_of("Q9W1DFWF07")
    assert short_code(f"{int(first, 16) - 1:064x}") == "Q9W1DFWF06"
    assert short_code(f"{int(last, 16) + 1:064x}") == "Q9W1DFWF08"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("q9w1d-fwf07", "Q9W1DFWF07"), (" q9wid fwfo7 ", "Q9W1DFWF07"), ("Q9WLD\u2014FWF07", "Q9W1DFWF07"),
     ("Q9W1DFWF0", None), ("Q9W1DFWF077", None), ("Q9W1DFWFU7", None), ("", None), ("%%%%%%%%%%", None)],
)  # fmt: skip
def test_it_is_typed_as_people_type(typed: str, meant: str | None) -> None:
    assert normal(typed) == meant


def test_it_is_written_in_two_groups() -> None:
    assert written("Q9W1DFWF07") == "Q9W1D-FWF07"
