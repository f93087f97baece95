"""Import a ledger: check every row first, then save all of it or nothing; the same file twice changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from geo.datum import DATUMS
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.days import day_in_china
from stations.records.tables import RegisterRevision
from stations.register.entry.checking import units_by_code
from stations.register.entry.writing import add_stations
from stations.register.ledger.checking import ADD, REVISE, SAME, CheckedRow, Ground, check_row
from stations.register.ledger.duplicates import complain_of_repeats, possible_duplicates
from stations.register.ledger.placed import PlaceGuard, placed_rows
from stations.register.ledger.problems import problem
from stations.register.ledger.reading_sheet import Ledger
from stations.register.ledger.result import LedgerResult
from stations.register.ledger.revising_many import revise_stations
from stations.register.ledger.standing import fetch_standing
from stations.register.ledger.telling import Told, read_row
from stations.register.ledger.villages import VillageIndex, short_code
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality

Progress = Callable[[int, int], None]


def import_ledger(
    session: Session, caller: Caller, ledger: Ledger, *, now: dt.datetime, dry_run: bool = True,
    save_good_rows: bool = False, coord_system: str = "cgcs2000", progress: Progress | None = None,
    guard: PlaceGuard | None = None,
) -> LedgerResult:  # fmt: skip
    """Check the rows of `ledger` and, unless it is a dry run, save them; give what came or would come of it.

    Nothing is saved when a row is wrong, unless `save_good_rows`. `coord_system` is the datum of rows that name none.
    A row is known by its code, else by village and name; a blank cell states nothing and erases nothing. Status: see
    `statuses`. `guard` may add notices of points that look wrong together. Refuses with BAD_INPUT for an unknown datum.
    """
    if coord_system not in DATUMS:
        raise Refusal("BAD_INPUT", errors={"coord_system": [f"只能是 / must be one of: {', '.join(DATUMS)}"]})
    if not dry_run:
        # Held until the end, so that two imports never both add what neither yet sees. SQLite holds its own lock.
        session.execute(select(RegisterRevision.id).with_for_update())
    told = [read_row(row) for row in ledger.rows]
    ground = _ground(session, caller, told, coord_system, now)
    checked: list[CheckedRow] = []
    for number, one in enumerate(told):
        checked.append(check_row(one, ground))
        if progress is not None and number % 500 == 0:
            progress(number, len(told))
    complain_of_repeats(checked)
    result = _result(checked, ledger, ground, dry_run=dry_run)
    if guard is not None:
        result.notices += guard(session, caller, placed_rows(checked))
    if not dry_run and (save_good_rows or not result.errors):
        _save(session, caller, checked, ground, result, now=now)
    if progress is not None:
        progress(len(told), len(told))
    return result


def _ground(session: Session, caller: Caller, told: Sequence[Told], coord_system: str, now: dt.datetime) -> Ground:
    mine = session.scalars(select(OrgUnit).where(OrgUnit.path.like(f"{caller.unit_path}%")))
    villages = VillageIndex(mine)
    named = {short_code(one.text("village_code")) for one in told} - {""}
    for one in told:
        named |= {word[-13:].strip("()") for word in one.values.get("villages_served", ()) if word[-2:-1].isdecimal()}
    outside = units_by_code(session, [code for code in named if code not in villages.by_code])
    return Ground(
        caller=caller, villages=villages, units={**villages.by_code, **outside},
        standing=fetch_standing(session, caller, [one.text("code") for one in told if one.text("code")]),
        coord_system=coord_system, today=day_in_china(now),
    )  # fmt: skip


def _result(checked: Sequence[CheckedRow], ledger: Ledger, ground: Ground, *, dry_run: bool) -> LedgerResult:
    result = LedgerResult(dry_run=dry_run, rows=len(checked), notices=list(ledger.notices))
    good = [one for one in checked if not one.errors]
    result.added = sum(1 for one in good if one.action == ADD)
    result.revised = sum(1 for one in good if one.action == REVISE)
    result.unchanged = sum(1 for one in good if one.action == SAME)
    result.wrong_rows = len(checked) - len(good)
    result.errors = [error for one in checked for error in one.errors]
    _note_what_was_assumed(good, ground, result)
    result.notices += [notice for one in checked for notice in one.notices]
    result.possible_duplicates = possible_duplicates(checked, ground.standing.all)
    return result


def _note_what_was_assumed(good: Sequence[CheckedRow], ground: Ground, result: LedgerResult) -> None:
    kinds = sum(1 for one in good if one.action == ADD and "kind" not in one.told.values)
    if kinds:
        result.notices.append(problem("KIND_ASSUMED", kinds))
    datums = sum(1 for one in good if one.place is not None and "coord_system" not in one.told.values)
    if datums:
        result.notices.append(problem("DATUM_ASSUMED", datums, ground.coord_system))


def _save(
    session: Session, caller: Caller, checked: Sequence[CheckedRow], ground: Ground, result: LedgerResult,
    *, now: dt.datetime,
) -> None:  # fmt: skip
    good = [one for one in checked if not one.errors]
    new = [replace(one.facts, nearby_checked=True) for one in good if one.action == ADD and one.facts is not None]
    changed = [one for one in good if one.action == REVISE]
    add_stations(session, caller, new, now=now, details={"ledger": True})
    revise_stations(session, caller, changed, dict(ground.units), now=now)
    refresh_vitality(session, [one.standing.id for one in changed if one.standing is not None], now=now)
    result.saved = bool(new or changed) or not result.errors
    note_act(session, caller, "ledger.import", "unit", caller.unit_code, now=now, after=result.summary())
    session.flush()
