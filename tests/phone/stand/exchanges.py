"""One request and its answer as the line saw them, and what can go wrong with it on the way."""

from __future__ import annotations

import random
import re
import threading
from dataclasses import dataclass, field

_RANGE = re.compile(r"content-range: bytes (\d+)-(\d+)/(\d+)", re.IGNORECASE)
_LENGTH = re.compile(r"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Exchange:
    """Bytes each way as they passed the line, heads included; `status` is 0 when no answer was passed on."""

    method: str
    path: str
    head: str
    up: int = 0
    up_body: int = 0
    down: int = 0
    status: int = 0

    @property
    def length(self) -> int:
        """How long the request's body is said to be."""
        found = _LENGTH.search(self.head)
        return int(found[1]) if found else 0

    @property
    def first(self) -> int:
        """From which byte of a photo this piece goes on."""
        found = _RANGE.search(self.head)
        return int(found[1]) if found else 0


@dataclass(kw_only=True)
class Fault:
    """Something that goes wrong with requests of this method whose path begins so; `times` None: until it is healed.

    `skip` requests that fit pass first; `chance` of a seeded die decides over each of the others.
    """

    method: str = ""
    path: str = "/"
    suffix: str = ""
    times: int | None = None
    skip: int = 0
    chance: float = 1.0
    seed: int = 0
    # Set when the fault has happened, or, for those that hold a request, when it is being held.
    reached: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    def takes(self, exchange: Exchange) -> bool:
        """Decide once for each request, in their order."""
        fits = exchange.method.startswith(self.method) and exchange.path.startswith(self.path)
        if not fits or not exchange.path.endswith(self.suffix) or self.times == 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self._dice.random() >= self.chance:
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(kw_only=True)
class Cut(Fault):
    """The connection is closed before a byte is passed on: no signal."""


@dataclass(kw_only=True)
class CutRequest(Fault):
    """The line breaks after so many bytes of the request's body."""

    after: int = 0


@dataclass(kw_only=True)
class CutAnswer(Fault):
    """The server has done its work and answered; so many bytes of the answer get through, then the line breaks."""

    after: int = 0


@dataclass(kw_only=True)
class HoldRequest(Fault):
    """Nothing more moves after so many bytes of the request's body, until healed."""

    after: int = 0


@dataclass(kw_only=True)
class HoldAnswer(Fault):
    """The server has answered, and the answer stays on the line until healed, which loses it."""


@dataclass(kw_only=True)
class Say(Fault):
    """Somebody before the server answers instead of it."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html"
    headers: tuple[str, ...] = ()

    def answer(self) -> bytes:
        head = [f"HTTP/1.1 {self.status} Said", f"Content-Type: {self.content_type}", *self.headers,
                f"Content-Length: {len(self.body)}", "Connection: close"]  # fmt: skip
        return "\r\n".join(head).encode() + b"\r\n\r\n" + self.body


@dataclass(kw_only=True)
class Slow(Fault):
    """Every request waits `latency_s` and shares `bytes_per_s` with all others, each way."""

    latency_s: float = 2.0
    bytes_per_s: float = 50_000 / 8
