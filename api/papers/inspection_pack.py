"""The inspection pack of a county: ledger, bulletin, where the month's reports stand, rates, doubts, survival.

Station-level sales are not in it (F9: they are never an inspector's); the bulletin holds the county's sums.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from api.papers.bulletin import bulletin_pdf
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import UnitLevel
from field_app_schema.vocab_months import Timeliness
from field_app_schema.words.papers import WORDS
from field_app_schema.words.sales_reports import WORDS as REPORT_WORDS
from stations.people.access import Caller
from stations.policy.definitions import definitions
from stations.records.days import day_in_china
from stations.records.frames import unit_asked
from stations.records.periods import last_day, months_between, shifted, written
from stations.register.ledger.exporting import LedgerTable, ledger_table
from stations.register.ledger.writing_sheet import write_csv, write_xlsx
from stations.sales.doubts.contradictions import contradictions
from stations.sales.rates.asking import RatesQuestion, reporting_rates
from stations.sales.returns.coverage import StationMonth
from stations.sales.returns.fetching import listed, month_of_unit
from stations.survival.asking import SurvivalQuestion, survival_of
from web_map.papers.pack import json_bytes, with_manifest, zipped

_MONTHS = 12
# More than a county has stations; each can contradict itself in a few ways.
MOST_CONTRADICTIONS = 10_000


def inspection_pack(
    session: Session, caller: Caller, unit_code: str, period: int, *, now: dt.datetime
) -> Iterator[bytes]:
    """Give the ZIP in pieces; everything is gathered before the first, so that it is one reading of the register.

    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, PERIOD_NOT_ENDED and, for a unit that is no county, BAD_INPUT.
    """
    unit = unit_asked(session, caller, unit_code)
    if unit.level != UnitLevel.COUNTY:
        raise Refusal("BAD_INPUT", errors={"county": ["应为县级单位 / must be a county"]})
    bulletin = bulletin_pdf(session, caller, unit.code, period, now=now)
    day, mark = min(last_day(period), day_in_china(now)), f"{unit.code}-{written(period)}"
    ledger = ledger_table(session, caller, unit_code=unit.code, now=now, as_of=day)
    year = ";".join(written(one) for one in months_between(shifted(period, 1 - _MONTHS), period))
    rates = reporting_rates(session, caller, RatesQuestion(ou=unit.code, pe=year), now=now)
    survival = survival_of(session, caller, SurvivalQuestion(ou=unit.code, as_of=day), now=now)
    doubts = contradictions(session, caller, ou=unit.code, as_of=day, offset=0, limit=MOST_CONTRADICTIONS, now=now)
    files = [
        (_named("bulletin", mark, "pdf"), bulletin),
        (_named("ledger", f"{unit.code}-{day}", "xlsx"), write_xlsx(ledger)),
        (_named("ledger", f"{unit.code}-{day}", "csv"), write_csv(ledger)),
        (_named("months", mark, "csv"), write_csv(month_table(session, caller, unit.path, period, day))),
        (_named("rates", mark, "json"), json_bytes(rates)),
        (_named("contradictions", mark, "json"), json_bytes(doubts)),
        (_named("survival", mark, "json"), json_bytes(survival)),
        (_named("definitions", mark, "json"), json_bytes([asdict(one) for one in definitions(session)])),
    ]
    about = {"unit": unit.code, "name": unit.name, "period": written(period), "as_of": day, "known_at": now}
    return zipped(with_manifest(files, _named("manifest", mark, "json"), about))


def month_table(session: Session, caller: Caller, unit_path: str, period: int, day: dt.date) -> LedgerTable:
    """Give one row a station: whether its report was owed, where it stands, how timely, from whom; no sales."""
    months = month_of_unit(session, caller, unit_path, period)
    names = listed(session, caller, months)
    headers = ["站点编号", "站点名称", "乡镇", "月份", "应报", "免报原因", "状态", "时效", "来源", "零报告"]
    rows: list[Any] = [
        [month.code, told.name, told.township or "", written(period), *_standing(month)]
        for month, told in zip(months, names, strict=True)
    ]
    return LedgerTable(headers, rows, day)


def _standing(month: StationMonth) -> list[str]:
    report, excuse = month.report, month.due.excuse
    owed = ["是" if month.due.is_expected else "否", "" if excuse is None else _said(f"excuse.{excuse}")]
    if report is None:
        return [*owed, "", _said(f"timeliness.{Timeliness.MISSING}") if month.is_missing else "", "", ""]
    told = (f"report_state.{report.state}", f"timeliness.{report.timeliness}", f"report_source.{report.source}")
    return [*owed, *map(_said, told), "是" if report.is_nil else "否"]


def _said(key: str) -> str:
    return REPORT_WORDS[key][0]


def _named(what: str, mark: str, ending: str) -> str:
    return f"{WORDS[f'pack.{what}'][0]}-{mark}.{ending}"
