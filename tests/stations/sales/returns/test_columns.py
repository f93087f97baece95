"""The export's columns: shipped ones, those of the office above, the own ones; and cells that lose no fen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import FigureUnit, ReturnFigure
from stations.people.tables import AuditEvent
from stations.sales.returns.columns import (
    Column,
    columns_in_force,
    replace_columns,
    shipped_columns,
    station_columns,
    tell_columns,
)
from stations.sales.returns.export_cells import as_text, cell_of
from stations.units.tables import OrgUnit
from tests.conftest import NOON
from tests.world import World

F, U = ReturnFigure, FigureUnit
OWN = [Column("填报地区", F.COUNTY_NAME, U.TEXT), Column("网络零售额(元)", F.ONLINE_SALES_OUT, U.YUAN)]


def set_by(session: Session, code: str) -> str | None:
    return columns_in_force(session, session.get_one(OrgUnit, code)).set_by


def test_nearest_unit_with_columns_decides(session: Session, world: World) -> None:
    assert [set_by(session, code) for code in ("431125", "4311", "43")] == [None, None, None]
    replace_columns(session, world.callers["xiang"], "43", OWN, now=NOON)
    assert [set_by(session, code) for code in ("431125", "4311", "43")] == ["43", "43", "43"]
    own = [Column("县", F.COUNTY_NAME, U.TEXT)]
    replace_columns(session, world.callers["jiang"], None, own, now=NOON)
    assert [set_by(session, code) for code in ("431125", "430922", "43")] == ["431125", "43", "43"]
    assert columns_in_force(session, session.get_one(OrgUnit, "431125")).columns == own
    replace_columns(session, world.callers["jiang"], None, [], now=NOON)
    assert set_by(session, "431125") == "43"
    acts = session.scalars(select(AuditEvent).where(AuditEvent.action == "return.columns")).all()
    assert [(act.object_id, act.before is None) for act in acts] == [("43", True), ("431125", True), ("431125", False)]


def test_each_office_edits_its_own_table_only(session: Session, world: World) -> None:
    for person, code in (("xiang", "431125"), ("yong", "431125")):
        with pytest.raises(Refusal, match="NOT_ALLOWED"):
            replace_columns(session, world.callers[person], code, OWN, now=NOON)
    for person, code in (("jiang", "43"), ("zhou", "431125")):
        with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
            replace_columns(session, world.callers[person], code, OWN, now=NOON)
    told = tell_columns(session, world.callers["xiang"], "431125")
    assert (told["permissions"], told["set_by"]) == ({"may_edit": False}, None)
    assert told["note_zh"].startswith("列名是本产品的缺省")


def test_what_a_column_may_not_be(session: Session, world: World) -> None:
    wrong = [
        Column("额", F.ONLINE_SALES_OUT, U.PIECES), Column("额", F.PARCELS_IN, U.PIECES),
        Column("文", F.CONSTANT, U.TEXT), Column("月", F.PERIOD, U.TEXT, "十月"),
    ]  # fmt: skip
    with pytest.raises(Refusal) as refused:
        replace_columns(session, world.callers["jiang"], None, wrong, now=NOON)
    assert {place: sorted(errors) for place, errors in refused.value.errors.items()} == {
        "0": ["heading", "unit"], "1": ["heading"], "2": ["constant"], "3": ["constant"],
    }  # fmt: skip


def test_stations_are_named_where_no_column_names_them() -> None:
    assert [column.figure for column in station_columns(OWN)][:3] == [F.TOWNSHIP_NAME, F.STATION_CODE, F.STATION_NAME]
    named = [Column("乡镇", F.STATION_CODE, U.TEXT)]
    assert station_columns(named) == named
    assert len({column.heading for column in station_columns(shipped_columns())}) == len(shipped_columns()) + 3


@pytest.mark.parametrize(
    ("fen", "unit", "written"),
    [
        (1_234_567, U.YUAN, "12345.67"), (1_234_567, U.WAN_YUAN, "1.234567"), (1_200_000, U.WAN_YUAN, "1.20"),
        (0, U.WAN_YUAN, "0.00"), (0, U.YUAN, "0.00"), (1, U.WAN_YUAN, "0.000001"), (-300, U.YUAN, "-3.00"),
        (-1_500_000, U.WAN_YUAN, "-1.50"), (None, U.YUAN, ""),
    ],
)  # fmt: skip
def test_money_in_the_unit_of_the_column(fen: int | None, unit: FigureUnit, written: str) -> None:
    assert as_text(cell_of({F.ONLINE_SALES_OUT: fen}, Column("额", F.ONLINE_SALES_OUT, unit))) == written


@settings(derandomize=True, deadline=None)
@given(st.integers(-(10**14), 10**14))
def test_no_unit_loses_a_fen(fen: int) -> None:
    for unit, factor in ((U.YUAN, 100), (U.WAN_YUAN, 1_000_000)):
        text = as_text(cell_of({F.ONLINE_SALES_OUT: fen}, Column("额", F.ONLINE_SALES_OUT, unit)))
        assert Decimal(text) * factor == fen
        assert "E" not in text
