"""What a sample of the access test is: how one route is asked, and what must become of somebody else's thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

REFUSED, HIDDEN, KEPT, OPEN = "refused", "hidden", "kept", "open"


@dataclass(frozen=True)
class Sample:
    """How a route is asked: `{name}` in `url`, `json` and `query` stands for a thing of the county in question.

    `foreign` is what somebody else's thing must be answered with: refused (403 or 404), hidden (an answer in which no
    word of it stands), kept (202, aside for a person), or open (anybody may see it).
    `also` are further statuses of a caller's own thing, where the sample is right but not whole.
    """

    query: str = ""
    json: Any = None
    data: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    path: dict[str, str] = field(default_factory=dict)
    foreign: str = REFUSED
    also: tuple[int, ...] = ()
    makers_only: bool = False
