"""A visit made on a phone arrives with seals that hold; letters changed on the way are found and refuse nothing."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.chain.links import chain_breaks
from inspections.chain.tables import DeviceKey, PhotoSeal
from inspections.visits.tables import Inspection
from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset

pytestmark = pytest.mark.browser

FORGED = "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0cff"
# The key pair as it lies: of the private half nothing can be had, not even by who reads the store.
READ_OUT = """async () => {
  const opened = await new Promise((done) => {
    const asked = indexedDB.open('cunzhan')
    asked.onsuccess = () => done(asked.result)
  })
  const keys = await new Promise((done) => {
    const asked = opened.transaction('settings').objectStore('settings').get('seal_keys')
    asked.onsuccess = () => done(asked.result)
  })
  opened.close()
  return crypto.subtle.exportKey('pkcs8', keys.privateKey).then(() => 'given away', (reason) => reason.name)
}"""


def verdicts(session: Session, visit_id: str) -> list[tuple[int | None, str]]:
    rows = session.scalars(select(PhotoSeal).where(PhotoSeal.inspection_id == visit_id).order_by(PhotoSeal.number))
    return [(row.number, row.verdict) for row in rows]


def test_the_photos_of_a_phone_arrive_sealed(stand: Stand, phone: Handset) -> None:
    held = stand.visit(phone, 2)
    (visit_id,) = held.records
    stand.line.heal()
    phone.page.get_by_test_id("sync-now").click()
    stand.all_arrived(phone)
    with stand.sessions() as session:
        visit = session.get_one(Inspection, visit_id)
        assert session.get(DeviceKey, visit.device_id) is not None
        assert verdicts(session, visit_id) == [(1, "valid"), (2, "valid")]
        assert chain_breaks(session, visit_id) == []
        body, station = visit.body.decode(), visit.station_id
    assert phone.page.evaluate(READ_OUT) == "InvalidAccessError"
    told = json.loads(body)
    # Each carries the time that the server had signed for this phone.
    assert all(json.loads(one["seal"]["payload"])["signed_time"].startswith("1.") for one in told["photos"])
    seal = told["photos"][1]["seal"]
    seal["payload"] = seal["payload"].replace('"number":2', '"number":3')
    # From another phone of the same person: the seal names the one that made it.
    asked = urllib.request.Request(  # noqa: S310  # our own line
        f"{stand.line.address}/api/v1/inspections/{FORGED}", data=json.dumps(told).encode(), method="PUT",
        headers=stand.world.as_phone("chen") | {"Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        assert answer.status == 201
    with stand.sessions() as session:
        assert session.get_one(Inspection, FORGED).station_id == station
        assert verdicts(session, FORGED) == [(1, "valid"), (3, "invalid")]
        assert [one.code for one in chain_breaks(session, FORGED)] == ["seal_invalid"]
    expect(phone.page.get_by_test_id("nav-outbox")).to_be_visible()
