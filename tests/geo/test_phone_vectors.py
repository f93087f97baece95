"""The phone shifts places for map apps by itself; its tests read numbers that are ours."""

from __future__ import annotations

import json

from tests.geo.phone_vectors import VECTORS, make_vectors


def test_the_phones_numbers_are_ours() -> None:
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert kept == make_vectors(), "python -m tests.geo.phone_vectors"
    # The county of the demonstration: some 600 m to the south-east, as the public polynomial has it there.
    assert kept[0]["gcj02"] != kept[0]["cgcs2000"]
    assert kept[0]["bd09"] != kept[0]["gcj02"]
