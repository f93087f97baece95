"""The ledger goes out and comes back: nothing changes, whatever a station is called; and no cell can run."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.records.tables import ServiceLink, Station, StationVersion
from stations.register.entry.facts import StationFacts
from stations.register.entry.revising import revise_station
from stations.register.entry.writing import add_stations
from stations.register.ledger.exporting import LedgerTable, ledger_table
from stations.register.ledger.writing_sheet import write_csv, write_xlsx
from tests.conftest import NOON
from tests.stations.register.ledger.sheets import bring, said
from tests.world import World

Writer = Callable[[LedgerTable], bytes]
WRITERS = [pytest.param(write_xlsx, id="xlsx"), pytest.param(write_csv, id="csv")]
HOSTILE = ["=1+1", "+86", "-5", "@SUM(A1)", "'=1", "''x",
           "＝cmd|' /C calc'!A0", "{{7*7}}", "{% raw %}", "<b>&amp;\"",
           "a,b;c", "_x0041_", "合计", "站点名称", "【示例】", "1e5", "2020-05-01",
           "无", "（新）", "𠮷田", "{}", "#N/A", "TRUE"]  # fmt: skip
NAMES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"]), min_size=1, max_size=40),
)


def fill(session: Session, world: World) -> None:
    """Add stations of every status and datum, with every column filled."""
    day = dt.date(2020, 5, 1)
    add_stations(session, world.callers["jiang"], [
        StationFacts("甲站", "431125100202", code="A1", host_type="post", operator="某公司", is_subsidised=True,
                     address="街1号", lon=111.35, lat=25.28, coord_system="bd09", services=("parcel", "small_cash"),
                     head_name="张三", phone="0746-5720001", hours="8-18",
                     extra={"网速": "1", "名称": "别名", "=x": "@y"},
                     villages_served=("431125100201", "430922100200"), accepted_on=day, source="ledger"),
        StationFacts("乙站", "431125100", code="A2", kind="township_station", accepted_on=day,
                     suspended_on=dt.date(2024, 1, 2), lon=111.4, lat=25.3, coord_system="gcj02"),
        StationFacts("丙站", "431125", code="A3", kind="county_centre", is_subsidised=False),
        StationFacts("丁站", "431125101200", code="A4", accepted_on=day, delisted_on=dt.date(2023, 3, 4)),
    ], now=NOON)  # fmt: skip


def write(session: Session, world: World, writer: Writer) -> bytes:
    return writer(ledger_table(session, world.callers["jiang"], unit_code="431125", now=NOON))


@pytest.mark.parametrize("writer", WRITERS)
def test_what_went_out_comes_back_unchanged(session: Session, world: World, writer: Writer) -> None:
    fill(session, world)
    result = bring(session, world, write(session, world, writer))
    assert (said(result), result.rows, result.unchanged, result.added, result.revised) == ([], 6, 6, 0, 0)


@pytest.mark.parametrize("writer", WRITERS)
def test_what_went_out_rebuilds_the_register_elsewhere(session: Session, world: World, writer: Writer) -> None:
    fill(session, world)
    table = ledger_table(session, world.callers["jiang"], unit_code="431125", now=NOON)
    content = writer(table)
    # Another register: the same units, no stations with these codes.
    session.execute(update(Station).where(Station.code.like("A%")).values(
        code="old-" + Station.code, unit_path="/gone/"))  # fmt: skip
    session.execute(delete(ServiceLink))
    result = bring(session, world, content)
    assert (said(result), result.added, result.unchanged) == ([], 4, 2)
    again = ledger_table(session, world.callers["jiang"], unit_code="431125", now=NOON)
    served = table.headers.index("服务村")
    new = [row for row in again.rows if str(row[0]).startswith("A")]
    # A delisted station serves nobody; one without a word of whom it serves, serves its own village.
    assert [row[:served] for row in new] == [row[:served] for row in table.rows if str(row[0]).startswith("A")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, address=NAMES, head=st.sampled_from(HOSTILE), extra=NAMES)
def test_no_text_changes_on_the_way(
    session: Session, world: World, name: str, address: str, head: str, extra: str
) -> None:
    changes = {"name": name, "address": address, "head_name": head, "extra": {"备注": extra, extra: "x"}}
    with session.begin_nested() as trial:
        try:
            revise_station(session, world.callers["jiang"], session.get_one(Station, world.stations["JY001"]), changes,
                           now=NOON)  # fmt: skip
        except Refusal:
            # The register itself does not take such a text.
            trial.rollback()
            return
        for writer in (write_xlsx, write_csv):
            result = bring(session, world, write(session, world, writer))
            assert (said(result), result.revised, result.added) == ([], 0, 0)
        trial.rollback()
    session.expire_all()


def test_no_cell_can_run(session: Session, world: World) -> None:
    session.execute(update(StationVersion).values(name="=1+1", address="@x", extra={"=cmd": "＋1", "-": "\t=2"}))
    session.expire_all()
    rows = list(csv.reader(StringIO(write(session, world, write_csv).decode("utf-8-sig"))))
    assert [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "＋"}] == []
    assert (rows[1][1], "111.342" in rows[1], rows[0][-2:]) == ("'=1+1", True, ["'=cmd", "'-"])
    sheet = load_workbook(BytesIO(write(session, world, write_xlsx))).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    assert sheet["B2"].value == "=1+1"


def test_the_ledger_of_another_day_and_of_what_was_known_then(session: Session, world: World) -> None:
    fill(session, world)
    one = session.get_one(Station, world.stations["JY001"])
    revise_station(session, world.callers["jiang"], one, {"name": "新名"}, now=NOON)

    def names(**dates: object) -> list[object]:
        table = ledger_table(session, world.callers["jiang"], unit_code="431125", now=NOON, **dates)  # type: ignore[arg-type]  # dates only
        return [row[1] for row in table.rows]

    assert names() == ["丙站", "乙站", "新名", "甲站", "丁站", "夏湾服务站"]
    assert names(as_of=dt.date(2026, 11, 19)) == ["乙站", "何家湾服务站", "甲站", "丁站", "夏湾服务站"]
    assert names(as_of=dt.date(2021, 1, 1)) == ["乙站", "甲站", "丁站"]
    assert names(known_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC)) == ["何家湾服务站", "夏湾服务站"]
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        ledger_table(session, world.callers["jiang"], unit_code="430922", now=NOON)
