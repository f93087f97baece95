"""The server's own time, signed for one phone: a visit that carries it was finished after it, by whatever clock.

Pure. Written `1.<milliseconds since 1970>.<MAC>`, the MAC being the first 128 bits, in hex, of HMAC-SHA256 (RFC 2104)
over the version, the device and the milliseconds. It proves the earliest the visit can have been; that it came is the
latest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_WRITTEN = re.compile(r"1\.([0-9]{1,14})\.([0-9a-f]{32})", re.ASCII)


def sign_time(secret: str, device_id: int, at: dt.datetime) -> str:
    """Write an instant down for a device, to the millisecond."""
    told = (at - _EPOCH) // dt.timedelta(milliseconds=1)
    return f"1.{told}.{_mac(secret, device_id, told)}"


def verified_time(secret: str, device_id: int | None, text: str | None) -> dt.datetime | None:
    """Give the instant that was signed for this device; None for anything else, which is never an error."""
    found = _WRITTEN.fullmatch(text or "")
    if found is None or device_id is None:
        return None
    told = int(found[1])
    is_ours = hmac.compare_digest(_mac(secret, device_id, told), found[2])
    return _EPOCH + dt.timedelta(milliseconds=told) if is_ours else None


def _mac(secret: str, device_id: int, told: int) -> str:
    return hmac.new(secret.encode(), f"1|{device_id}|{told}".encode(), hashlib.sha256).hexdigest()[:32]
