"""What may be a password, and that nothing lets in where nothing is stored."""

from __future__ import annotations

import pytest

from field_app_schema.refusals import Refusal
from stations.people.passwords import fits, hash_password


def test_the_right_password_fits_and_is_never_stored() -> None:
    stored = hash_password("稻花香里说丰年,听取蛙声", "jiang")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert fits(stored, "稻花香里说丰年,听取蛙声")
    assert not fits(stored, "稻花香里说丰年,听取蛙鸣")
    assert hash_password("稻花香里说丰年,听取蛙声", "jiang") != stored


@pytest.mark.parametrize("typed", ["", "nobody has this password", "x" * 200])
def test_where_nothing_is_stored_nothing_fits(typed: str) -> None:
    assert not fits(None, typed)
    assert not fits("", typed)
    assert not fits("not a hash", typed)


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        ("123456789", "至少"),
        ("x" * 201, "最多"),
        ("ababababababab", "单调"),
        ("Password123", "常见"),
        ("my Jiang 2026", "用户名"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(plain: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        hash_password(plain, "jiang")
    assert refused.value.code == "PASSWORD_WEAK"
    assert reason in refused.value.errors["password"][0]
