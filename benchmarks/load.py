"""Eight phones that send visits and photos as fast as they are answered, and remember what was acknowledged."""

from __future__ import annotations

import http.client
import json
import struct
import threading
import uuid
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from benchmarks.seeding import Seeded

PHONES = 8
PICTURE = (Path(__file__).resolve().parent.parent / "api/demonstration/pictures/open_a.jpg").read_bytes()


@dataclass
class Acknowledged:
    """Ids of visits and hashes of photos whose answer said durable."""

    visits: set[str] = field(default_factory=set)
    photos: set[str] = field(default_factory=set)

    def add(self, other: Acknowledged) -> None:
        self.visits |= other.visits
        self.photos |= other.photos

    def copy(self) -> Acknowledged:
        return Acknowledged(set(self.visits), set(self.photos))


class Load:
    """Run the phones while the `with` block lasts; a broken connection is what the campaign is about, not an error."""

    def __init__(self, port: int, seeded: Seeded, acknowledged: Acknowledged, floor: bool = False) -> None:
        self.port, self.seeded, self.acknowledged, self.floor = port, seeded, acknowledged, floor
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._phone, args=(number,)) for number in range(PHONES)]

    def __enter__(self) -> Load:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _phone(self, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        while not self.over.is_set():
            try:
                self._one_visit(connection, number)
            except (OSError, http.client.HTTPException):
                connection.close()
                self.over.wait(0.05)
        connection.close()

    def _one_visit(self, connection: http.client.HTTPConnection, number: int) -> None:
        visit_id, photo = str(uuid.uuid4()), unique_picture(str(uuid.uuid4()))
        digest = sha256(photo).hexdigest()
        body = self.seeded.visit(number)
        body["photos"] = [{"sha256": digest, "purpose": "front", "size": len(photo), "mime": "image/jpeg",
                           "taken_at": body["captured_at"]}]  # fmt: skip
        path = f"/records/{visit_id}" if self.floor else f"/api/v1/inspections/{visit_id}"
        if self._send(connection, path, json.dumps(body).encode(), "application/json") == 201:
            self.acknowledged.visits.add(visit_id)
        if not self.floor and self._send(connection, f"/api/v1/media/{digest}", photo, "image/jpeg") == 201:
            self.acknowledged.photos.add(digest)

    def _send(self, connection: http.client.HTTPConnection, path: str, body: bytes, mime: str) -> int:
        connection.request("PUT", path, body, {"Content-Type": mime} | self.seeded.phone)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def unique_picture(mark: str) -> bytes:
    """Give the same picture with a comment of its own, so that its hash is its own."""
    comment = mark.encode()
    return PICTURE[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + PICTURE[2:]
