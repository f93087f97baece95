"""Files with points in a wrong datum are taken, and say so before and after: ledgers, nodes, villages."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.vocab_network import NetworkFile
from geo.datum import from_cgcs2000
from stations.logistics.datums.warning import warn_of_ledger
from stations.logistics.taking_in.importing import NetworkWish, take_network
from stations.register.ledger.running import LedgerWish, take_ledger
from tests.conftest import NOON
from tests.stations.logistics.test_datums import grid, settle
from tests.world import World


def wrong(number: int, datum: str = "gcj02") -> tuple[float, float]:
    lon, lat = from_cgcs2000(*grid(number), datum)
    # Jittered like stations, by a hundred metres.
    return float(lon) + 0.001 * (-1) ** number, float(lat) + 0.001 * (-1) ** (number // 2)


def codes(result: dict[str, Any]) -> list[str]:
    return [one["zh"] for one in result["notices"] if one["code"] == "DATUM_SUSPECTED"]


def test_a_ledger_tried_says_that_its_points_are_shifted(session: Session, world: World) -> None:
    for number in range(8):
        settle(session, number, grid(number))
    rows = ["站点编号,站点名称,村代码,经度,纬度,验收日期"]
    rows += [f"L{n},新站{n},4311251003{n:02d},{wrong(n)[0]:.6f},{wrong(n)[1]:.6f},2024-05-10" for n in range(8)]
    content = "\n".join(rows).encode()
    for wish, said in ((LedgerWish(), 1), (LedgerWish(coord_system="gcj02"), 0), (LedgerWish(dry_run=False), 1)):
        taken = take_ledger(session, world.callers["jiang"], "t.csv", content, wish, now=NOON, guard=warn_of_ledger)
        assert taken.result is not None
        assert len(codes(taken.result)) == said
        assert taken.result["summary"]["added"] == 8
    assert codes(taken.result)[0].startswith("江永县:8 个站点称为 CGCS2000,实际是 GCJ-02:")


def network(session: Session, world: World, kind: NetworkFile, rows: list[str]) -> list[str]:
    wish = NetworkWish(kind)
    return codes(take_network(session, world.callers["jiang"], wish, "\n".join(rows).encode(), now=NOON))


def test_nodes_and_villages_in_another_datum(session: Session, world: World) -> None:
    for number in range(8):
        settle(session, number, grid(number))
    nodes = ["节点编号,节点名称,层级,行政区划代码,经度,纬度,开始日期"]
    nodes += [f"W{n},点{n},村,4311251003{n:02d},{wrong(n)[0]:.6f},{wrong(n)[1]:.6f},2026-01-01" for n in range(8)]
    assert network(session, world, NetworkFile.NODES, nodes)[0].startswith(
        "江永县:8 个物流点称为 CGCS2000,实际是 GCJ-02"
    )
    villages = ["行政区划代码,经度,纬度", *(f"4311251003{n:02d},{wrong(n)[0]:.6f},{wrong(n)[1]:.6f}" for n in range(8))]
    assert "多半是村的位置用了 GCJ-02" in network(session, world, NetworkFile.VILLAGES, villages)[0]
    right = [villages[0], *(f"4311251003{n:02d},{grid(n)[0]},{grid(n)[1]}" for n in range(8))]
    assert network(session, world, NetworkFile.VILLAGES, right) == []
