"""The closed lists of words of the months: reports, their states, excuses, feeds, returns, follow-ups.

Source: domain model F4. Standard library only.
"""

from enum import StrEnum


class ReportState(StrEnum):
    """Where the month of a station stands (F4); not_due, open, locked and excused follow from the clock and excuses."""

    NOT_DUE = "not_due"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    EXCUSED = "excused"


class Timeliness(StrEnum):
    """When a report came (F4); missing is the absence of one after the due instant."""

    ON_TIME = "on_time"
    LATE_SYNC = "late_sync"
    LATE = "late"
    MISSING = "missing"


class ReportSource(StrEnum):
    """Who or what spoke for a station's month."""

    OWNER = "owner"
    PROXY = "proxy"
    IMPORT = "import"
    FEED = "feed"


class ReportField(StrEnum):
    """The figures of the monthly form (F4)."""

    ONLINE_SALES_OUT = "online_sales_out"
    PURCHASE_AGENCY_AMOUNT = "purchase_agency_amount"
    UPSTREAM_SALES = "upstream_sales"
    PARCELS_IN = "parcels_in"
    PARCELS_OUT = "parcels_out"


class ExcuseReason(StrEnum):
    """Why a month leaves the denominator; the first two the rules give by themselves."""

    OPENED_LATE = "opened_late"
    FEED = "feed"
    SUSPENDED = "suspended"
    DISASTER = "disaster"
    OTHER = "other"


class ReturnReason(StrEnum):
    """Why a county sends a report back."""

    LOOKS_WRONG = "looks_wrong"
    UNIT_SLIP = "unit_slip"
    INCOMPLETE = "incomplete"
    CONTRADICTS_VISIT = "contradicts_visit"
    ASKED_BY_OWNER = "asked_by_owner"
    OTHER = "other"


class TransactionKind(StrEnum):
    """What an automatic feed reports."""

    SALE_OUT = "sale_out"
    PURCHASE_AGENCY = "purchase_agency"
    UPSTREAM_SALE = "upstream_sale"
    PARCEL_IN = "parcel_in"
    PARCEL_OUT = "parcel_out"


class ReturnState(StrEnum):
    """Where a county's return stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class ReminderKind(StrEnum):
    BEFORE_DUE = "before_due"
    DUE_DAY = "due_day"


class FollowUpReason(StrEnum):
    """What a closer look at a figure found, or why it is wanted."""

    FESTIVAL = "festival"
    LIVE_STREAM = "live_stream"
    GOODS_RETURNED = "goods_returned"
    TYPING_SLIP = "typing_slip"
    UNIT_SLIP = "unit_slip"
    VISIT = "visit"
    OTHER = "other"


class FigureUnit(StrEnum):
    """The unit in which an exported figure is written."""

    YUAN = "yuan"
    WAN_YUAN = "wan_yuan"
    PIECES = "pieces"
    TEXT = "text"


class ReturnFigure(StrEnum):
    """What a column of the export for the ministry's system may hold; the five of the form, and what stands beside."""

    PERIOD = "period"
    COUNTY_CODE = "county_code"
    COUNTY_NAME = "county_name"
    TOWNSHIP_NAME = "township_name"
    STATION_CODE = "station_code"
    STATION_NAME = "station_name"
    ONLINE_SALES_OUT = "online_sales_out"
    PURCHASE_AGENCY_AMOUNT = "purchase_agency_amount"
    UPSTREAM_SALES = "upstream_sales"
    PARCELS_IN = "parcels_in"
    PARCELS_OUT = "parcels_out"
    EXPECTED = "expected"
    REPORTED = "reported"
    NIL = "nil"
    MISSING = "missing"
    EXCUSED = "excused"
    FEED = "feed"
    COVERAGE_LINE = "coverage_line"
    RETURN_STATE = "return_state"
    CONSTANT = "constant"
