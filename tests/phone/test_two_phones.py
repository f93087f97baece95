"""Two phones, one station: both visits stand. Two phones of one owner, one month: both versions are shown."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from stations.records.obligations import begin_reporting
from stations.units.tables import OrgUnit
from tests.phone.conftest import Stand, standing
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import all_sent, fill_visit, held_by, save_visit, sync

pytestmark = pytest.mark.browser

# The 6th of November, ten in the morning in Beijing: October is still open.
SIXTH = dt.datetime(2026, 11, 6, 2, 0, tzinfo=dt.UTC)


def test_two_phones_at_one_station_keep_both_visits(stand: Stand, phone: Handset) -> None:
    """One picture was passed on by messenger and is on both phones; it is kept once and belongs to both visits."""
    other = stand.phone("second", "chen")
    code, picture = stand.station(), stand.picture()
    stand.line.cut()
    for one in (phone, other):
        fill_visit(one.page, code, [picture])
        save_visit(one.page)
        stand.remember(held_by(one.page))
    assert len(stand.visits) == 2
    assert len(stand.photos) == 1
    stand.line.heal()
    for one in (phone, other):
        sync(one.page)
    all_sent(other.page)
    stand.all_arrived(phone)

    status, page = stand.server.ask(f"/inspections?station_code={code}", stand.world.as_phone("jiang"))
    assert status == 200
    assert {visit["id"]: visit["state"] for visit in page["inspections"]} == dict.fromkeys(stand.visits, "complete")


@pytest.fixture
def owners(playwright: Playwright, sqlite_template: Path, tmp_path: Path) -> Iterator[Stand]:
    """A stand on the sixth of November, in a county whose owners report since October."""
    shutil.copyfile(sqlite_template, tmp_path / "server.db")
    with standing(playwright, tmp_path, f"sqlite:///{tmp_path / 'server.db'}", SIXTH) as built:
        with built.sessions.begin() as session:
            begin_reporting(session, session.get_one(OrgUnit, "431125"), 202610, by=None, now=SIXTH)
        yield built


def test_two_phones_of_an_owner_and_one_month(owners: Stand) -> None:
    first, second = owners.phone("first", "tang"), owners.phone("second", "tang")
    for one in (first, second):
        expect(one.page.get_by_test_id("month-nil")).to_be_visible()
    owners.line.cut()
    first.page.get_by_test_id("month-nil").click()
    first.page.get_by_test_id("month-send").click()
    second.page.get_by_test_id("field-online_sales_out").fill("1200")
    second.page.get_by_test_id("field-parcels_in").fill("35")
    second.page.get_by_test_id("month-send").click()
    for one in (first, second):
        expect(one.page.get_by_test_id("month-waiting")).to_be_visible()
    # Each tries by itself, the worker too: only a phone that is off cannot come first.
    second.kill()
    owners.line.heal()
    sync(first.page)
    all_sent(first.page)
    second.open("#/month")
    expect(second.page.get_by_test_id("month-conflict")).to_contain_text("1,200")

    [record] = months_on(second.page)
    assert record["state"] == "refused"
    assert record["body"]["online_sales_out"] in ("1200", "1200.00")
    assert record["problem"]["details"]["current"]["is_nil"] is True
    assert first.complaints == second.complaints == []


def months_on(page: Page) -> list[dict[str, Any]]:
    """Read the months in a phone's outbox, past the product's code."""
    rows: list[dict[str, Any]] = page.evaluate("""async () => {
      const opened = await new Promise((done) => {
        const asked = indexedDB.open('cunzhan')
        asked.onsuccess = () => done(asked.result)
      })
      const rows = await new Promise((done) => {
        const asked = opened.transaction('records').objectStore('records').getAll()
        asked.onsuccess = () => done(asked.result)
      })
      opened.close()
      return rows.filter((one) => one.kind === 'month')
        .map(({ state, problem, body }) => ({ state, problem, body: new TextDecoder().decode(body) }))
    }""")
    return [row | {"body": json.loads(row["body"])} for row in rows]
