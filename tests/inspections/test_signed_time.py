"""The server's time signed for a phone: proved for that phone only, and never a reason to refuse."""

from __future__ import annotations

import datetime as dt

from inspections.visits.signed_time import sign_time, verified_time

AT = dt.datetime(2026, 11, 20, 4, 0, 0, 123_456, tzinfo=dt.UTC)


def test_it_is_proved_for_the_device_it_was_signed_for() -> None:
    written = sign_time("secret", 7, AT)
    assert written.startswith("1.1795147200123.")
    assert verified_time("secret", 7, written) == AT.replace(microsecond=123_000)
    assert verified_time("secret", 8, written) is None
    assert verified_time("secret", None, written) is None
    assert verified_time("other", 7, written) is None


def test_what_was_altered_or_is_something_else_proves_nothing() -> None:
    version, told, mac = sign_time("secret", 7, AT).split(".")
    for wrong in (None, "", "x", f"{version}.{int(told) + 1}.{mac}", f"2.{told}.{mac}", f"{version}.{told}.{mac}0",
                  f"{version}.{told}.{mac[:-1]}", f"{version}.٤.{mac}", f"{version}.{told}.{mac}\n"):  # fmt: skip
        assert verified_time("secret", 7, wrong) is None


def test_the_mac_is_hmac_sha256_over_version_device_and_milliseconds() -> None:
    # openssl: printf '1|7|0' | openssl dgst -sha256 -hmac secret
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    assert sign_time("secret", 7, epoch) == "1.0.bb91b3a86adb686c3b12f0146b193ba5"
