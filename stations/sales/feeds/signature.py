"""Whether a batch of transactions is what its feed sent, and sent now: HMAC-SHA256 over the instant and the body.

Pure.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re

from field_app_schema.refusals import Refusal

# Both clocks may be off, and the line slow; within it a batch overheard and sent again changes nothing anyway.
TOLERANCE = dt.timedelta(seconds=300)
_SECONDS = re.compile(r"[0-9]{1,12}")


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """Give the signature in lower-case hex: the key is the secret's text, the message `timestamp + "." + body`."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def check_signature(secret: str, timestamp: str, signature: str, body: bytes, *, now: dt.datetime) -> None:
    """Refuse with FEED_SIGNATURE a wrong signature, or an instant (unix seconds) further than TOLERANCE from ours.

    Exactly the tolerance is still good. Both are one refusal, with our clock beside it.
    """
    is_instant = _SECONDS.fullmatch(timestamp) is not None
    right = signature_of(secret, timestamp if is_instant else "", body)
    is_right = hmac.compare_digest(right.encode(), signature.lower().encode("utf-8", "replace"))
    age_s = abs(now.timestamp() - int(timestamp)) if is_instant else TOLERANCE.total_seconds() + 1
    if not is_right or age_s > TOLERANCE.total_seconds():
        raise Refusal("FEED_SIGNATURE", server_time=int(now.timestamp()))
