"""Codes of new stations: county, kind and a serial; once printed on a sign they never change."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stations.records.tables import Station

LETTER = {"county_centre": "C", "township_station": "T", "village_point": "V"}


def county_of(path: str) -> str:
    """Give the six-digit county code in a unit path, or the deepest code above it when there is none."""
    codes = path.strip("/").split("/")
    return next((code for code in codes if len(code) == 6), codes[-1])


def new_codes(session: Session, kinds_and_paths: Sequence[tuple[str, str]]) -> list[str]:
    """Give a free code such as `431125-V-0001` for each (kind, unit path), in order.

    The caller holds the register's revision, so no other transaction hands out the same serial.
    """
    newest: dict[str, int] = {}
    codes = []
    for kind, path in kinds_and_paths:
        stem = f"{county_of(path)}-{LETTER[kind]}-"
        if stem not in newest:
            newest[stem] = _newest_serial(session, stem)
        newest[stem] += 1
        codes.append(f"{stem}{newest[stem]:04d}")
    return codes


def _newest_serial(session: Session, stem: str) -> int:
    # The longest first: serial 10000 is greater than 9999, though its text is not.
    taken = session.scalars(
        select(Station.code)
        .where(Station.code.like(f"{stem}%"))
        .order_by(func.length(Station.code).desc(), Station.code.desc())
    )
    return next((int(code[len(stem) :]) for code in taken if code[len(stem) :].isdecimal()), 0)
