"""The national village list: seconds and peak memory, against csv + sqlite3 that check nothing, in the same run.

`FILE=…/villages.csv make bench` takes a real list; without it a list of the same shape and size is generated.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from api.schema import upgrade
from db import make_engine, session_factory
from stations.units.importing import import_villages
from stations.units.loading import load_shipped_units
from stations.units.shipped import shipped_units
from stations.units.village_list import read_names, read_villages

VILLAGES = 620_573
# So that each generated township holds as many villages as the real ones do, about fifteen.
PER_TOWNSHIP = 15


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ.get("FILE")
        file = Path(given) if given else generate(Path(folder) / "villages.csv")
        bare_s = bare(file, Path(folder) / "bare.db")
        first_s = ours(file, Path(folder) / "ours.db")
        again_s = ours(file, Path(folder) / "ours.db")
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"import of {file.name}: {first_s:.1f} s (bound 90 s), again {again_s:.1f} s, peak {peak_mb:.0f} MB "
              f"(bound 500 MB); bare csv + sqlite3 {bare_s:.1f} s; ratio {first_s / bare_s:.1f}")  # fmt: skip


def ours(file: Path, database: Path) -> float:
    engine = make_engine(f"sqlite:///{database}")
    upgrade(engine)
    now = dt.datetime.now(dt.UTC)
    started = time.perf_counter()
    with session_factory(engine).begin() as session, file.open("rb") as binary:
        load_shipped_units(session, now)
        import_villages(session, read_villages(binary), base_year=2023, names=read_names(file.parent),
                        source=file.name, now=now)  # fmt: skip
    took = time.perf_counter() - started
    engine.dispose()
    return took


def bare(file: Path, database: Path) -> float:
    started = time.perf_counter()
    connection = sqlite3.connect(database)
    connection.execute("pragma journal_mode=WAL")
    connection.execute("create table village (code text primary key, name text, street text, p text, c text, a text)")
    with file.open(encoding="utf-8-sig", newline="") as lines, connection:
        rows = csv.reader(lines)
        next(rows)
        connection.executemany("insert or replace into village values (?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    return time.perf_counter() - started


def generate(file: Path) -> Path:
    """Write a list of VILLAGES lines over the shipped counties."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["code", "name", "streetCode", "provinceCode", "cityCode", "areaCode"])
        writer.writerows(_rows())
    return file


def _rows() -> Iterator[list[str]]:
    counties = [unit.code for unit in shipped_units() if unit.level == "county"]
    for number in range(VILLAGES):
        county = counties[number % len(counties)]
        place = number // len(counties)
        code = f"{county}{place // PER_TOWNSHIP + 100:03d}{200 + place % PER_TOWNSHIP:03d}"
        yield [code, f"第{number}村委会", code[:9], code[:2], code[:4], code[:6]]


if __name__ == "__main__":
    main()
