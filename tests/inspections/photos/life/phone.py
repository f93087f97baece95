"""A phone that speaks to the server's socket file, and keeps what was not acknowledged until it is."""

from __future__ import annotations

import http.client
import json
import socket
from dataclasses import dataclass, field
from typing import Any

from tests.visit_making import claim, sent, sha

PIECE = 6_000
HEADERS = {"Authorization": "Bearer phone-of-chen"}


class LineDown(Exception):
    """No answer came: the phone knows nothing of what became of its request."""


@dataclass
class Phone:
    """One visit with its photos; `held` is how many bytes of each photo the server has acknowledged."""

    socket: str
    visit_id: str
    photos: list[bytes]
    held: dict[str, int] = field(default_factory=dict)
    is_recorded: bool = False

    def record(self) -> bytes:
        return sent(photos=[claim(body) for body in self.photos])

    def send(self) -> None:
        """Send the record and every photo from where it stopped; raises LineDown, then call again."""
        if not self.is_recorded:
            status, _headers = self._ask("PUT", f"/inspections/{self.visit_id}", self.record())
            assert status in (200, 201), status
            self.is_recorded = True
        for body in self.photos:
            self._send_photo(sha(body), body)

    def _send_photo(self, name: str, body: bytes) -> None:
        _status, headers = self._ask("HEAD", f"/media/{name}")
        first = int(headers["Upload-Offset"])
        assert first >= self.held.get(name, 0), "what was acknowledged is gone"
        while headers["Upload-Complete"] != "?1":
            piece = body[first : first + PIECE] or body[-1:]
            first = min(first, len(body) - 1)
            told = {"Content-Range": f"bytes {first}-{first + len(piece) - 1}/{len(body)}"}
            status, _told = self._ask("PUT", f"/media/{name}", piece, told)
            assert status in (200, 201), status
            first = self.held[name] = first + len(piece)
            _status, headers = self._ask("HEAD", f"/media/{name}")

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        line = _OverSocketFile(self.socket)
        try:
            line.request(method, f"/api/v1{path}", body, HEADERS | (headers or {}))
            answer = line.getresponse()
            content = answer.read()
            if answer.status >= 400:
                raise AssertionError((method, path, answer.status, json.loads(content or b"null")))
            return answer.status, dict(answer.headers)
        except (OSError, http.client.HTTPException) as error:
            raise LineDown from error
        finally:
            line.close()


class _OverSocketFile(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(self.path)
