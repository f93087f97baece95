"""A province's reviewer with 15,000 visits waiting among 60,000, on both databases: the queue's page, the next visit.

`python -m benchmarks.review`; `python -m benchmarks.review browser` also turns visits over in Chromium, from the key to
the painted picture.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from benchmarks.months_seed import NOW, XIANG, seeded
from benchmarks.review_browser import turn_over
from db import make_engine
from field_app_schema.review import ReviewItemSchema
from inspections.photos.tables import Medium
from inspections.plausibility.tables import VisitJudgement
from inspections.review.desk.item import review_item
from inspections.review.desk.queue import QueueWish, count_waiting, waiting_visits
from inspections.visits.tables import Inspection, Photo
from stations.people.tables import Account
from stations.records.tables import Station

WAITING, SETTLED = 15_000, 45_000
SENDER = 3


def main() -> None:
    for backend in ("sqlite", "postgis"):
        engine = make_engine(seeded(backend, "province", 3))
        lay(engine)
        with Session(engine) as session:
            first = waiting_visits(session, XIANG, QueueWish())
            names = [one.id for one in waiting_visits(session, XIANG, QueueWish(limit=60))]
        told = ", ".join(f"{name} {value}" for name, value in figures(engine, first[-1].cursor, names))
        print(f"{engine.dialect.name:10} {WAITING} of {WAITING + SETTLED} visits wait: {told}")
        engine.dispose()
    if "browser" in sys.argv[1:]:
        turn_over()


def figures(engine: Engine, cursor: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """Give median and slowest of each read in milliseconds, warm."""
    reads: dict[str, Callable[[Session, int], object]] = {
        "first page": lambda session, _: waiting_visits(session, XIANG, QueueWish()),
        "next page": lambda session, _: waiting_visits(session, XIANG, QueueWish(after=cursor)),
        "one reason": lambda session, _: waiting_visits(session, XIANG, QueueWish(reason="place_away")),
        "counts": lambda session, _: count_waiting(session, XIANG),
        "one visit": lambda session, turn: ReviewItemSchema().dump(review_item(session, XIANG, names[turn])),
    }
    for name, read in reads.items():
        took = []
        for turn in range(30):
            with Session(engine) as session:
                begun = time.perf_counter()
                read(session, turn)
                took.append(1000 * (time.perf_counter() - begun))
        yield name, f"{statistics.median(took):.1f} ms (slowest {max(took):.1f})"


def lay(engine: Engine) -> None:
    """Write visits with a photo each, nine in ten of them judged, a third of those doubtful."""
    with Session(engine) as session:
        session.add(Account(id=SENDER, username="bench", display_name="测", role="inspector", unit_code="43",
                            created_at=NOW))  # fmt: skip
        session.commit()
        ids = session.scalars(select(Station.id).order_by(Station.id)).all()
        for start in range(0, WAITING + SETTLED, 5000):
            rows = [visit(number, ids[number * 7 % len(ids)]) for number in range(start, start + 5000)]
            session.execute(insert(Inspection), rows)
            session.execute(insert(Medium), [medium(number) for number in range(start, start + 5000)])
            session.execute(insert(Photo), [photo(number) for number in range(start, start + 5000)])
            judged = [judgement(number) for number in range(start, start + 5000) if number % 10]
            session.execute(insert(VisitJudgement), judged)
        session.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # As the server's own sweeping does: only then is an index enough on PostgreSQL.
        connection.exec_driver_sql("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE")


def name_of(number: int) -> str:
    return f"0b7c7a52-6c1e-4a53-9d3e-{number * 7919 % 1_000_003:012d}"


def visit(number: int, station: int) -> dict[str, Any]:
    at = NOW - dt.timedelta(minutes=number)
    fix = {"lon": 111.3, "lat": 25.2, "accuracy_m": 12.0, "coord_system": "wgs84", "provider": "gps", "age_s": 3}
    body = json.dumps({"clock": {"time_zone": "Asia/Shanghai"}, "note": "一切正常" * 60}).encode()
    return {
        "id": name_of(number), "body": body, "body_sha256": f"{number:064x}", "station_id": station,
        "account_id": SENDER, "method": "site_visit", "state": "complete" if number % 4 == 0 else "approved",
        "observed_state": "open_operating", "answers": {"services": ["parcel"], "sign_wording": "national"},
        "checks": {"staff_present": "yes"}, "note": "一切正常", "form_version": "1", "started_at": at, "ended_at": at,
        "captured_at": at, "received_at": at, "completed_at": at, "clock": {}, "fix_lon": 111.3, "fix_lat": 25.2,
        "fix_raw": fix, "fix_accuracy_m": 12.0, "distance_m": 40.0, "on_site": "on_site", "not_answered": {},
    }  # fmt: skip


def medium(number: int) -> dict[str, Any]:
    return {"sha256": f"{number:064x}", "size_bytes": 1, "mime": "image/jpeg", "width_px": 1, "height_px": 1,
            "stored_at": NOW, "thumbnail_at": NOW, "screen_at": NOW}  # fmt: skip


def photo(number: int) -> dict[str, Any]:
    return {"inspection_id": name_of(number), "position": 0, "purpose": "sign", "sha256": f"{number:064x}",
            "size_bytes": 1, "mime": "image/jpeg", "received_at": NOW}  # fmt: skip


def judgement(number: int) -> dict[str, Any]:
    weight = number % 60 if number % 3 == 0 else 0
    code = "place_away" if number % 2 else "no_fix"
    reasons: list[dict[str, Any]] = [{"code": code, "weight": weight, "photo": None, "figures": {}}]
    return {"inspection_id": name_of(number), "judged_at": NOW, "rule_version": "1", "weight": weight,
            "reasons": reasons if weight else [], "times": []}  # fmt: skip


if __name__ == "__main__":
    main()
