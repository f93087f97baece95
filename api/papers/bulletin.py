"""The month's bulletin: the month at a glance, the rates of two months and survival at the month's end, as one PDF."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.policy.definitions import shipped_definitions
from stations.records.days import day_in_china
from stations.records.periods import last_day, shifted, written
from stations.sales.rates.asking import RatesQuestion, reporting_rates
from stations.sales.returns.glance import month_at_a_glance
from stations.survival.asking import SurvivalQuestion, survival_of
from web_map.papers.bulletin import Bulletin, BulletinRows
from web_map.papers.paper import set_paper

# The figures that stand on the paper, in its order.
PRINTED = (
    "coverage_line", "reporting_rate", "reporting_rate_on_time", "nil_count", "excused_count", "proxy_share",
    "month_total", "survival_share_built", "survival_share_listed", "survival_bounds", "unknown_share", "vitality",
)  # fmt: skip


def bulletin_pdf(
    session: Session, caller: Caller, unit_code: str, period: int, *, now: dt.datetime, lang: str = "zh"
) -> bytes:
    """Give the bulletin of a unit's month; refuses with UNIT_UNKNOWN, OUT_OF_SCOPE and PERIOD_NOT_ENDED."""
    rows = bulletin_rows(session, caller, unit_code, period, now=now)
    return set_paper(Bulletin(rows, lang).paper(), at=now)


def bulletin_rows(session: Session, caller: Caller, unit_code: str, period: int, *, now: dt.datetime) -> BulletinRows:
    """Gather a bulletin; survival is that of the month's last day, or of today while the month lasts."""
    month = month_at_a_glance(session, caller, unit_code, period, now=now)
    both = f"{written(shifted(period, -1))};{written(period)}"
    rates = reporting_rates(session, caller, RatesQuestion(ou=unit_code, pe=both), now=now)
    day = min(last_day(period), day_in_china(now))
    survival = survival_of(session, caller, SurvivalQuestion(ou=unit_code, as_of=day, by=()), now=now)
    known = shipped_definitions()
    definitions = [(code, known[code].zh, known[code].en) for code in PRINTED]
    return BulletinRows(month, rates["rows"], survival, definitions)
