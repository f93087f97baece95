"""File months from lines of text in their owners' place: each line by itself, tried first, never twice."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope
from stations.records.periods import written
from stations.records.tables import Station, StationVersion
from stations.sales.filing.figures import Filed
from stations.sales.filing.taking_in import take_in
from stations.sales.lines.reading import ReadLine, read_line

MOST_LINES = 200
READY, FILED, SAME, REFUSED = "ready", "filed", "same", "refused"
_NAMES = uuid.UUID("0d1c7f0e-6f43-5c58-9a44-1f0a54b7c2d1")
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class LineTold:
    """What became of one line; `line` counts from 1, `read` and the station stand as far as they were understood."""

    line: int
    text: str
    status: str
    read: ReadLine | None = None
    station: str | None = None
    station_name: str | None = None
    refusal: Refusal | None = None

    @property
    def period(self) -> str | None:
        return written(self.read.period) if self.read else None


def file_lines(
    session: Session, caller: Caller, text: str, station_code: str | None, *, dry_run: bool, now: dt.datetime
) -> list[LineTold]:
    """File every line that is not empty, each in a savepoint of its own; with `dry_run` nothing is stored.

    `station_code` stands for lines that name nobody. The same line again is the same filing, so a text pasted twice
    files nothing twice. Refuses with BAD_INPUT more than 200 lines.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        said = f"一次最多 {MOST_LINES} 行 / at most {MOST_LINES} lines"
        raise Refusal("BAD_INPUT", errors={"text": [said]})
    return [_file(session, caller, number, line, station_code, dry_run, now) for number, line in lines]


def _file(
    session: Session, caller: Caller, number: int, text: str, station_code: str | None, dry_run: bool, now: dt.datetime
) -> LineTold:
    read: ReadLine | None = None
    code = name = None
    try:
        read = read_line(text)
        station, name = find_by_word(session, caller, read.who or station_code or "")
        code = station.code
        told = Filed(
            _key(station.id, read, text), read.figures, is_nil=read.is_nil, note=_note(read, text), reason=read.reason,
            replaces_any=read.reason is not None,
        )  # fmt: skip
        with session.begin_nested() as tried:
            taken = take_in(session, caller, station, read.period, told, now=now)
            is_new = taken.is_new
            if dry_run:
                tried.rollback()
    except Refusal as refusal:
        return LineTold(number, text, REFUSED, read, code, name, refusal)
    status = SAME if not is_new else READY if dry_run else FILED
    return LineTold(number, text, status, read, code, name)


def _note(read: ReadLine, text: str) -> str:
    """Keep the line itself, without who it names: a private telephone has no place in a report."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return f"短信:{folded.removeprefix(read.who).strip()}"


def _key(station_id: int, read: ReadLine, text: str) -> str:
    """Name a filing by what was said: spaces and width of signs make no new one."""
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).strip())
    return str(uuid.uuid5(_NAMES, f"{station_id}/{read.period}/{said}"))


def find_by_word(session: Session, caller: Caller, who: str) -> tuple[Station, str]:
    """Find the one station in scope that `who` names by code, telephone or name, with its name.

    Refuses with STATION_UNKNOWN where it is none, or more than one.
    """
    folded = unicodedata.normalize("NFKC", who).strip()
    digits = re.sub(r"\D", "", folded)
    wanted = [Station.code == folded, StationVersion.name == who.strip(), StationVersion.name == folded]
    if len(digits) >= _FEWEST_DIGITS and re.fullmatch(r"[\d\s+()-]+", folded):
        wanted.append(StationVersion.phone.is_not(None) & StationVersion.phone.like(f"%{digits[-4:]}"))
    rows = session.execute(
        select(Station, StationVersion.name, StationVersion.phone)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(in_scope(caller, Station.unit_path, Station.id), or_(*wanted))
        .order_by(Station.id).limit(200)
    ).all()  # fmt: skip
    exact = [row for row in rows if row[0].code == folded]
    found = exact or [row for row in rows if row.name in (who.strip(), folded) or _same_number(row.phone, digits)]
    if not folded or len(found) != 1:
        several = f"有 {len(found)} 个站点 / {len(found)} stations" if found else "没有这个站点 / no such station"
        raise Refusal("STATION_UNKNOWN", errors={"text": [several if folded else "没写是哪个站 / no station named"]})
    return found[0][0], found[0].name


def _same_number(phone: str | None, digits: str) -> bool:
    """Compare telephone numbers by their digits, the country's 86 left out."""
    kept = re.sub(r"\D", "", phone or "")
    return len(digits) >= _FEWEST_DIGITS and kept.removeprefix("86") == digits.removeprefix("86")
