"""The commands of the units, from a fresh copy: a name resolves before there is a database, a list comes in whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from api.app import create_app
from api.config import Config
from stations.policy.tables import CountyProgramme
from stations.units.tables import OrgUnit
from tests.conftest import Clock

HEADER = "code,name,streetCode,provinceCode,cityCode,areaCode\n"
LIST = HEADER + (
    '431125100201,"何家湾村委会",431125100,43,4311,431125\n429004001200,"仙桃的村",429004001,42,4290,429004\n'
)


@pytest.fixture
def fresh(tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application of a fresh copy: no `var`, no database."""
    var = tmp_path / "var"
    config = Config(f"sqlite:///{var / 'cunzhan.db'}", var, (var / "photos").as_uri())
    app = create_app(config, clock=clock)
    yield app
    app.extensions["cunzhan_engine"].dispose()


def run(app: Flask, *words: str, status: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == status, result.output
    return result.output


def count(app: Flask, table: type[OrgUnit] | type[CountyProgramme]) -> int:
    with app.extensions["cunzhan_sessions"]() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def list_file(tmp_path: Path, text: str = LIST) -> str:
    path = tmp_path / "villages.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (["宁乡县"], 0, "430182\t宁乡市\t/CN/43/4301/430182/\t曾用名“宁乡县”至 2017-04 / by a former name\n"),
        (["东乡县"], 0, "622926\t东乡族自治县\t"),
        (["431121"], 0, "431181\t祁阳市\t"),
        (["汩罗市", "--province", "湖南省"], 2, "430681\t汨罗市\t"),
        (["鼓楼区"], 1, "ambiguous"),
        (["没有的县"], 1, "not found"),
        (["宁乡市", "--as-of", "2015"], 0, "its name then: 宁乡县 430124"),
        (["宁乡市", "--as-of", "2017"], 0, "its name then: 宁乡市 430182"),
        (["江永县", "--province", "火星"], 1, "UNIT_UNKNOWN"),
    ],
)
def test_a_printed_name_resolves_before_there_is_a_database(
    fresh: Flask, tmp_path: Path, asked: list[str], status: int, said: str
) -> None:
    assert said in run(fresh, "resolve-unit", *asked, status=status)
    assert not (tmp_path / "var").exists()


def test_a_list_comes_in_with_the_programme_and_twice_changes_nothing(fresh: Flask, tmp_path: Path) -> None:
    (tmp_path / "streets.csv").write_text('code,name\n431125100,"潇浦镇"\n', encoding="utf-8")
    file = list_file(tmp_path)
    first = run(fresh, "import-divisions", file, "--base-year", "2023")
    assert "2 villages, 2 administrative" in first
    assert "added 2," in first
    assert "nothing changed" in run(fresh, "import-divisions", file, "--base-year", "2023")
    assert count(fresh, CountyProgramme) == 86
    assert "431125100\t潇浦镇\t" in run(fresh, "resolve-unit", "431125100")
    assert "431125100201\t何家湾村委会\t" in run(fresh, "resolve-unit", "何家湾村委会")


def test_a_bad_list_leaves_nothing_behind(fresh: Flask, tmp_path: Path) -> None:
    file = list_file(tmp_path, LIST + "431125100999,无类,431125100,43,4311,431125\n")
    said = run(fresh, "import-divisions", file, "--base-year", "2023", status=1)
    assert "FILE_FORMAT" in said
    assert "line 4" in said
    assert count(fresh, OrgUnit) == 0
    assert "BAD_INPUT" in run(fresh, "import-divisions", list_file(tmp_path), "--base-year", "20233", status=1)


def test_another_list_of_a_frozen_year_is_refused(fresh: Flask, tmp_path: Path) -> None:
    run(fresh, "import-divisions", list_file(tmp_path), "--base-year", "2023")
    other = list_file(tmp_path, LIST.replace("何家湾", "何湾"))
    said = run(fresh, "import-divisions", other, "--base-year", "2023", status=1)
    assert "UNIT_BASE_YEAR_FROZEN" in said
    assert "line 2" in said or "第 2 行" in said


def test_the_shipped_facts_load_once(fresh: Flask) -> None:
    # The nation, 31 provinces, 333 prefectures and 2,978 counties; 9 townships and 112 villages of Jiangyong.
    assert "3464 units added" in run(fresh, "load-facts", "--demonstration-county")
    assert "0 units added" in run(fresh, "load-facts", "--demonstration-county")
