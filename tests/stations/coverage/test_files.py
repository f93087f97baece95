"""Coverage from plain files: the county worked by hand on the page, and mistakes named by file, line and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.commands.coverage import coverage_from_folder
from field_app_schema.refusals import Refusal
from stations.coverage.files.columns import COLUMNS
from stations.coverage.files.report import FilesQuestion, report_from
from tests.stations.coverage.worked import AS_OF, FILES


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return report_from(FILES, FilesQuestion(AS_OF))


def funnel(steps: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    return {step["stage"]: (step["covered"], step["of"]) for step in steps}


def test_the_county_of_the_page_comes_out_as_worked_by_hand(report: dict[str, Any]) -> None:
    told = report["coverage"]
    assert funnel(told["funnel"]) == {
        "built": (5, 6), "listed": (4, 6), "geographic": (3, 6), "alive": (3, 6), "service": (2, 6),
        "evidenced": (1, 6),
    }  # fmt: skip
    assert (told["hollow_rate"], told["interval"]) == (pytest.approx(0.6), {"low": 1 / 3, "high": 0.5})
    assert [(one["radius_m"], one["covered"]) for one in told["geographic"]] == [
        (1000, 2), (2000, 3), (3000, 3), (5000, 3),
    ]  # fmt: skip
    assert funnel(told["poor"]["funnel"])["service"] == (1, 3)
    assert told["poor"]["tilt"] == pytest.approx(1.0)
    assert funnel(told["people"]["funnel"])["service"] == (1500, 3800)
    assert told["people"]["unknown_share"] == pytest.approx(1 / 6)
    assert told["paper"] == {"listed_share": 4 / 6, "live_share": 0.5, "paper_only": pytest.approx(1 / 6)}
    assert [(one["of"], one["gap"]) for one in told["target"]["compared"]] == [
        ("admin_villages", pytest.approx(-1 / 6)), ("poverty_villages", pytest.approx(-1 / 6)),
    ]  # fmt: skip
    assert [(one["code"], one["covered"], one["of"]) for one in told["units"]] == [
        ("431124100", 2, 3), ("431124101", 0, 3),
    ]  # fmt: skip
    assert told["single_points"] == {"villages": 2, "of_stations": 1, "stations": [
        {"code": "S1", "name": "一村站", "villages": 2, "poor": 1, "people": 1500.0}]}  # fmt: skip
    assert told["redundant"] == []


def test_each_village_says_what_it_lacks_and_how_far_it_is(report: dict[str, Any]) -> None:
    told = {one["name"]: one for one in report["villages"]}
    assert {name: (one["reason"], one["nearest_m"]) for name, one in told.items()} == {
        "一村": (None, 0.0), "二村": ("no_evidence", 1112.0), "三村": ("missing_service", 0.0),
        "四村": ("station_dead", 7783.7), "五村": ("station_unknown", 10007.6), "六村": ("no_station", 8895.6),
    }  # fmt: skip
    assert told["六村"]["coord_quality"] == "township"
    assert [(one["code"], one["counts"], one["parcels"]) for one in told["二村"]["stations"]] == [("S1", True, 2)]
    assert [one["code"] for one in told["五村"]["stations"]] == ["S3", "S4"]
    assert "townships_stand_in" in [one["code"] for one in report["frame"]["notes"]]


def test_stations_and_logistics_of_the_page(report: dict[str, Any]) -> None:
    told = report["alignment"]
    village = told["levels"][2]
    assert (village["stations"], village["nodes"], village["matched"], village["f_score"], village["colour"]) == (
        2, 2, 1, 0.5, "red",
    )  # fmt: skip
    assert (village["colocated_share"], village["loose"]["alignment"]) == (1.0, 0.5)
    assert [(one["station"], one["node"], one["distance_m"]) for one in told["pairs"]] == [("S1", "N1", 22.2)]
    assert [one["code"] for one in told["orphan_stations"]] == ["S2"]
    assert [one["code"] for one in told["orphan_nodes"]] == ["C", "T2", "N4"]
    assert told["chain"] == {"whole": 2, "of": 6, "share": 1 / 3, "broken": {"county": 1, "township": 1, "village": 2}}


def test_parcels_of_the_page(report: dict[str, Any]) -> None:
    told = report["delivery"]
    assert (told["parcels"], told["arrived"], told["in_transit"], told["overdue"]) == (9, 8, 1, 1)
    assert (told["on_time"], told["km_on_time"]) == (0.75, pytest.approx(1 - 8 / 9 * 5 / 8 * 3 / 5))
    assert (told["median_days"], told["p90_days"], told["p90_days_is_open"]) == (3.0, None, True)
    assert (told["villages_judged"], told["village_on_time"], told["remote"]["on_time"]) == (1, 1.0, 0.0)
    assert [leg["under_way"] for leg in told["legs"]] == [1, 0]
    assert [one["name"] for one in told["promised_not_observed"]] == ["五村"]
    assert [one["name"] for one in told["promise_broken"]] == ["一村"]


def test_where_the_next_stations_should_stand(report: dict[str, Any]) -> None:
    told = report["siting"]
    sites = [(one["name"], one["villages"], one["gain"]) for one in told["sites"]]
    assert sites == [("四村", 3, 4.0), ("三村", 1, 2.0)]
    assert [(one["share"], one["stations"]) for one in told["least"]] == [(0.5, 1), (0.8, 1), (1.0, 2)]


def test_along_roads_minutes_are_told_instead_of_metres() -> None:
    told = report_from(FILES, FilesQuestion(AS_OF, distance="road"))
    # 1,200 m of 村道 at 20 km/h; 12 minutes as the file says.
    assert [one["nearest_min"] for one in told["villages"]][:4] == [0.0, 3.6, 0.0, 12.0]
    assert [(one["radius_min"], one["covered"]) for one in told["coverage"]["geographic"]][:2] == [(10, 3), (20, 4)]
    assert (told["frame"]["roads"]["edges"], told["coverage"]["distance_unit"]) == (3, "min")


def test_columns_and_words_may_be_chinese_and_the_file_in_gb_18030(report: dict[str, Any]) -> None:
    text = FILES["stations.csv"].decode()
    heading, _, lines = text.partition("\n")
    names = COLUMNS["stations.csv"]
    chinese = ",".join(names[column] for column in heading.split(","))
    words = {"alive": "在营", "unknown": "不明", "delisted": "已摘牌", "parcel": "快递收发", ";": "、"}
    for english, zh in words.items():
        lines = lines.replace(english, zh)
    told = report_from(FILES | {"stations.csv": f"{chinese}\n{lines}".encode("gb18030")}, FilesQuestion(AS_OF))
    assert told["coverage"] == report["coverage"]


def test_nothing_but_villages_is_an_explained_zero() -> None:
    told = report_from(
        {"villages.csv": b"code\n431124100201\n", "stations.csv": b"code,village,life,services\n"}, FilesQuestion(AS_OF)
    )
    assert {covered for covered, _ in funnel(told["coverage"]["funnel"]).values()} == {0}
    assert told["coverage"]["gaps"]["no_station"] == 1
    codes = {one["code"] for one in told["frame"]["notes"]}
    assert {"no_stations", "no_places", "no_nodes", "no_traces", "no_people"} <= codes
    json.dumps(told, allow_nan=False)


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("villages.csv", "name\n一村\n", "villages.csv 第 1 行 code(村代码)"),
        ("villages.csv", "code,lon\n1,116,4\n", "villages.csv 第 2 行"),
        ("villages.csv", "code,lon,lat\n1,111.6,\n", "villages.csv 第 2 行 lon"),
        ("villages.csv", "code,pepole\n1,3\n", "villages.csv 第 1 行 pepole"),
        ("villages.csv", "code,people\n1,-3\n", "villages.csv 第 2 行 people"),
        ("villages.csv", "code\n1\n1\n", "villages.csv 第 3 行 code"),
        ("stations.csv", "code,village,life,services\nS1,9,alive,parcel\n", "stations.csv 第 2 行 village"),
        ("stations.csv", "code,village,life,services\nS1,431124100201,open,\n", "stations.csv 第 2 行 life"),
        ("stations.csv", "code,village,life,services\nS1,431124100201,alive,tea\n", "stations.csv 第 2 行 services"),
        ("traces.csv", "village,sent_on\n431124100201,2026-13-01\n", "traces.csv 第 2 行 sent_on"),
        ("service_links.csv", "station,village\nS9,431124100201\n", "service_links.csv 第 2 行 station"),
        ("routes.csv", "from,to\nC,X\n", "routes.csv 第 2 行 to"),
        ("nodes.csv", 'code,level\n"C,county\n', "nodes.csv 第 2 行"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_column(name: str, content: str, where: str) -> None:
    with pytest.raises(Refusal, match="COVERAGE_INPUT") as refused:
        report_from(FILES | {name: content.encode()}, FilesQuestion(AS_OF))
    assert where in refused.value.errors


def test_a_road_without_a_length_is_named() -> None:
    roads = FILES["road_edges.csv"].replace(b"2400", b"")
    with pytest.raises(Refusal) as refused:
        report_from(FILES | {"road_edges.csv": roads}, FilesQuestion(AS_OF, distance="road"))
    assert list(refused.value.errors) == ["road_edges.csv 第 3 行 length_m"]


def test_the_command_writes_the_report_or_says_what_is_wrong(tmp_path: Path, report: dict[str, Any]) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "report.json"
    asked = [str(tmp_path), "--as-of", "2026-11-20", "--out", str(out)]
    done = CliRunner().invoke(coverage_from_folder, asked)
    assert (done.exit_code, "2 / 6" in done.output) == (0, True)
    assert json.loads(out.read_text("utf-8"))["coverage"] == json.loads(json.dumps(report["coverage"]))
    (tmp_path / "stations.csv").unlink()
    failed = CliRunner().invoke(coverage_from_folder, asked)
    assert (failed.exit_code, "stations.csv: 缺少这个文件" in failed.output) == (2, True)
