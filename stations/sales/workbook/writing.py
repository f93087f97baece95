"""Write a county's month as a workbook to be filled in: its stations, what is filed already, what was filed before.

Every cell is text and stays text; nothing in it can run.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportSource, ReportState
from stations.people.access import Caller
from stations.records.months import SalesReport
from stations.records.periods import shifted
from stations.register.ledger.writing_sheet import dress, text_workbook
from stations.sales.filing.figures import Figures
from stations.sales.filing.writing import reports_of
from stations.sales.workbook.cells import shown_note
from stations.sales.workbook.columns import FIGURE_HEADERS, PRINTED, READ_HEADERS, sheet_name
from stations.sales.workbook.stations import MonthOfStation, months_of
from stations.units.tables import OrgUnit

_STATES = {ReportState.SUBMITTED: "已报,未审", ReportState.RETURNED: "已退回", ReportState.ACCEPTED: "已采纳"}
_RULES = (
    "只填“本月”的各列;“上月”和“现状”只供参考,导入时不读。",
    "金额填元,至多两位小数;件数填整数。没有填的格留空。",
    "本月什么都没有,在“本月零”填“是”,不要填 0。",
    "整行空着的站点视为还没有报,不会保存任何内容。",
    "改已经报过的数,要在“更正原因”写一句为什么;已采纳的须先退回。",
    "导入的月报由另一位同事采纳。",
)


def month_workbook(session: Session, caller: Caller, county: OrgUnit, period: int, *, now: dt.datetime) -> bytes:
    """Give the workbook of a county's month as XLSX: the stations expected to report, and those that have.

    `county` lies inside the caller's scope (`unit_asked`). A month that has not ended can be prepared.
    """
    months = [one for one in months_of(session, caller, county.path, period, now=now) if _belongs(one)]
    before = reports_of(session, [one.id for one in months], shifted(period, -1))
    content = BytesIO()
    with text_workbook(content) as workbook:
        sheet = workbook.add_worksheet(sheet_name(period))
        dress(workbook, sheet, list(PRINTED))
        for number, one in enumerate(months, start=1):
            last = before.get(one.id, (None, None))[0]
            for column, text in enumerate(_line(one, last)):
                if text:
                    sheet.write_string(number, column, text)
        nil = PRINTED.index(READ_HEADERS["is_nil"])
        sheet.data_validation(1, nil, max(len(months), 1), nil, {"validate": "list", "source": ["是"]})
        rules = workbook.add_worksheet("填写说明")
        rules.set_column(0, 0, 80)
        for number, rule in enumerate((f"{county.name} {period}", *_RULES)):
            rules.write_string(number, 0, rule)
    return content.getvalue()


def _belongs(one: MonthOfStation) -> bool:
    return one.report is not None or one.standing.expectation.is_expected


def _line(one: MonthOfStation, last: SalesReport | None) -> list[str]:
    """Give the cells of a station in the order of PRINTED."""
    nil = "是" if one.report is not None and one.report.is_nil else ""
    return [
        one.code, one.name, one.head_name or "", *_figures(one.report), nil, shown_note(one.note), "",
        _state(one.report), *_figures(last),
    ]  # fmt: skip


def _figures(report: SalesReport | None) -> list[str]:
    if report is None:
        return [""] * len(FIGURE_HEADERS)
    told = Figures.of(report).on_the_wire()
    return ["" if told[field] is None else str(told[field]) for field in FIGURE_HEADERS]


def _state(report: SalesReport | None) -> str:
    if report is None:
        return "未报"
    if report.source == ReportSource.FEED:
        return "自动报送"
    return _STATES[ReportState(report.state)]
