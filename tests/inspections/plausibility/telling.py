"""A county's visits as phones send them: drawn scenes, signed times, and the judgement that follows."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session, sessionmaker

from api.job_loop import Worker
from api.worker import functions_of
from inspections.plausibility.reading import judgement_of
from inspections.visits.time_signing import signed_now
from tests.conftest import Clock
from tests.visit_making import claim, sent, sha
from tests.world import World

# Those of the evidence that need no engine and no font.
KINDS = ("photo_thumbnail", "visit_judgement")
HERE, THERE = (111.3420, 25.2711), (111.3900, 25.3601)


def scene(seed: int) -> Image.Image:
    """Draw a place: another seed, another place."""
    rough = np.random.default_rng(seed).integers(0, 256, (7, 9, 3), dtype=np.uint8)
    return Image.fromarray(rough).resize((320, 240), Image.Resampling.BICUBIC)


def jpeg(image: Image.Image, *, quality: int = 88, exif: dict[int, Any] | None = None) -> bytes:
    """Give the picture as a phone writes it; `exif` by tag, 0x8769 the tags of the capture, 0x8825 those of GPS."""
    marks = Image.Exif()
    for tag, told in (exif or {}).items():
        if isinstance(told, dict):
            marks.get_ifd(tag).update(told)
        else:
            marks[tag] = told
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=marks)
    return out.getvalue()


@dataclass
class Story:
    """What happens in the county, told in the order in which it arrives."""

    app: Flask
    client: FlaskClient
    world: World
    clock: Clock
    sessions: sessionmaker[Session]
    made: int = field(default=0)

    def signed(self, at: dt.datetime, person: str = "chen") -> str:
        with self.sessions.begin() as session:
            return signed_now(session, self.world.callers[person], now=at)

    def visit(self, *photos: bytes, person: str = "chen", at: dt.datetime | None = None, **changes: Any) -> str:
        """Send a visit made now, at JY001 unless changed, with its photos; gives its id. `at` is what it claims."""
        visit_id = self.record(*photos, person=person, at=at, **changes)
        for body in photos:
            self.send(body, person)
        return visit_id

    def record(self, *photos: bytes, person: str = "chen", at: dt.datetime | None = None, **changes: Any) -> str:
        """Send the record alone; its photos are awaited."""
        self.made += 1
        visit_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"visit {self.made}"))
        claimed = at or self.clock.at
        fix = {"lon": HERE[0], "lat": HERE[1] + self.made * 1e-6, "accuracy_m": 12.0, "coord_system": "wgs84",
               "provider": "browser", "age_s": 3}  # fmt: skip
        clock = {"wall": claimed.isoformat(), "monotonic_ms_since_sync": None, "last_server_time": None,
                 "signed_time": changes.pop("signed_time", None), "time_zone": "Asia/Shanghai"}  # fmt: skip
        claims = [claim(body) | {"taken_at": (claimed - dt.timedelta(minutes=4)).isoformat()} for body in photos]
        for one, more in zip(claims, changes.pop("claims", []), strict=False):
            one.update(more)
        told = {"captured_at": claimed.isoformat(), "started_at": (claimed - dt.timedelta(minutes=8)).isoformat(),
                "ended_at": claimed.isoformat(), "fix": fix | changes.pop("fix", {}), "clock": clock,
                "photos": claims} | changes  # fmt: skip
        answer = self.client.put(f"/api/v1/inspections/{visit_id}", data=sent(**told),
                                 headers=self.world.as_phone(person))  # fmt: skip
        assert answer.status_code == 201, answer.json
        return visit_id

    def send(self, body: bytes, person: str = "chen") -> None:
        answer = self.client.put(f"/api/v1/media/{sha(body)}", data=body, headers=self.world.as_phone(person))
        assert answer.status_code in (200, 201), answer.json

    def work(self) -> None:
        """Do all the jobs of the evidence that are due."""
        functions = {kind: function for kind, function in functions_of(self.app).items() if kind in KINDS}
        Worker(self.sessions, functions, self.clock, daily=()).serve(threads=1, until_empty=True)

    def reasons(self, visit_id: str) -> dict[str, dict[str, Any]]:
        """Give the figures of a visit's reasons by code, once all jobs are done."""
        self.work()
        with self.sessions() as session:
            found = judgement_of(session, visit_id)
            assert found is not None
            assert found.weight == sum(one["weight"] for one in found.reasons)
            return {one["code"]: one["figures"] for one in found.reasons}
