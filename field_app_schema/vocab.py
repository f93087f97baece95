"""The domain's closed lists of words, as identifiers; the words a person reads stand in `words/`.

Source: domain model F1, F2, F5, F6, F9. Standard library only.
"""

from enum import StrEnum


class UnitLevel(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class VillageClass(StrEnum):
    """By the last three digits of the 12-digit code: 001-199, 200-399, 400-499, 500-599."""

    RESIDENTS = "residents_committee"
    VILLAGERS = "villagers_committee"
    LIKE_RESIDENTS = "like_residents_committee"
    LIKE_VILLAGERS = "like_villagers_committee"


class StationKind(StrEnum):
    COUNTY_CENTRE = "county_centre"
    TOWNSHIP_STATION = "township_station"
    VILLAGE_POINT = "village_point"


class HostType(StrEnum):
    SHOP = "shop"
    VILLAGE_COMMITTEE = "village_committee"
    SUPPLY_COOP = "supply_coop"
    POST = "post"
    COOPERATIVE = "cooperative"
    OTHER = "other"


class Service(StrEnum):
    PURCHASE_AGENCY = "purchase_agency"
    SALE_AGENCY = "sale_agency"
    PARCEL = "parcel"
    BILL_PAYMENT = "bill_payment"
    SMALL_CASH = "small_cash"
    MICRO_CREDIT = "micro_credit"
    JOB_REFERRAL = "job_referral"


class ListingStatus(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELISTED = "delisted"
    MERGED = "merged"
    REJECTED = "rejected"


class ObservedState(StrEnum):
    OPEN_OPERATING = "open_operating"
    OPEN_WEAKENED = "open_weakened"
    OPEN_OTHER_BUSINESS = "open_other_business"
    CLOSED_AT_VISIT = "closed_at_visit"
    CLOSED_SIGN_REMOVED = "closed_sign_removed"
    GONE = "gone"
    NOT_FOUND = "not_found"
    NOT_ASSESSED = "not_assessed"


class Vitality(StrEnum):
    ALIVE = "alive"
    WEAK = "weak"
    DORMANT = "dormant"
    PRESUMED_DEAD = "presumed_dead"
    DEAD = "dead"
    UNKNOWN = "unknown"
    NOT_STARTED = "not_started"


class Confidence(StrEnum):
    VERIFIED = "verified"
    VERIFIED_REMOTE = "verified_remote"
    REPORTED = "reported"
    INFERRED = "inferred"


class EvidenceKind(StrEnum):
    """What can speak for or against a station's life (F2, alive rule v1)."""

    SITE_VISIT = "site_visit"
    VIDEO_LINK = "video_link"
    PHONE_CALLBACK = "phone_callback"
    DOCUMENT_REVIEW = "document_review"
    OWNER_REPORT = "owner_report"
    AUTO_FEED = "auto_feed"
    LOGISTICS_TRACE = "logistics_trace"


class VisitMethod(StrEnum):
    """How a visit was made; the first four are on site."""

    SITE_VISIT = "site_visit"
    UNANNOUNCED = "unannounced"
    CROSS = "cross"
    LOOK_BACK = "look_back"
    VIDEO_LINK = "video_link"
    PHONE_CALLBACK = "phone_callback"
    DOCUMENT_REVIEW = "document_review"


class InspectionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    COMPLETE = "complete"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    RETURNED = "returned"


class CheckAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_SEEN = "not_seen"
    NOT_APPLICABLE = "not_applicable"


class OnSite(StrEnum):
    ON_SITE = "on_site"
    AWAY = "away"
    UNCLEAR = "unclear"
    NO_FIX = "no_fix"


class PhotoPurpose(StrEnum):
    SIGN = "sign"
    FRONT = "front"
    INSIDE = "inside"
    CLOSED_DOOR = "closed_door"
    PLAQUE_REMOVED = "plaque_removed"
    FIX_PROOF = "fix_proof"


class CoordSystem(StrEnum):
    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class CoordQuality(StrEnum):
    GPS = "gps"
    GEOCODED = "geocoded"
    VILLAGE = "village"
    TOWNSHIP = "township"
    MISSING = "missing"


class Role(StrEnum):
    OWNER = "owner"
    COUNTY = "county"
    PREFECTURE = "prefecture"
    PROVINCE = "province"
    INSPECTOR = "inspector"
    THIRD_PARTY = "third_party"
    PUBLIC = "public"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
