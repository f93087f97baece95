"""The closed lists of words of the network and of coverage: nodes, files, gaps, stages, distances, map themes.

Source: domain model F7, and the definitions of the coverage figures. Standard library only.
"""

from enum import StrEnum


class LogisticsLevel(StrEnum):
    """The three levels of the county's logistics network (县乡村三级物流)."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Handover(StrEnum):
    """Where a courier hands over the parcels of a village."""

    TO_VILLAGE = "to_village"
    TO_TOWNSHIP = "to_township"


class NetworkFile(StrEnum):
    """What a file of network facts holds."""

    NODES = "nodes"
    ROUTES = "routes"
    COURIERS = "couriers"
    TRACES = "traces"
    VILLAGES = "villages"
    LINKS = "links"


class Distance(StrEnum):
    """How far is measured: over the sphere in metres, or along the customer's roads in minutes."""

    GREAT_CIRCLE = "great_circle"
    ROAD = "road"


class CoverageStage(StrEnum):
    """The steps of the funnel, each a share of the same villages: on paper, by place, in truth, with proof."""

    BUILT = "built"
    LISTED = "listed"
    GEOGRAPHIC = "geographic"
    ALIVE = "alive"
    SERVICE = "service"
    EVIDENCED = "evidenced"


class GapReason(StrEnum):
    """Why a village is not covered with service, the first that holds."""

    NO_STATION = "no_station"
    STATION_DEAD = "station_dead"
    STATION_UNKNOWN = "station_unknown"
    MISSING_SERVICE = "missing_service"
    NO_EVIDENCE = "no_evidence"
    NO_LOGISTICS = "no_logistics"
    LATE = "late"


class ConfidenceFloor(StrEnum):
    """How sure an answer «alive» must be to count (F7)."""

    VERIFIED = "verified"
    REPORTED = "reported"
    ANY = "any"


class DatumFault(StrEnum):
    """What can be wrong with the coordinates of a county or of a single point."""

    MIXED_GCJ02 = "mixed_gcj02"
    MIXED_BD09 = "mixed_bd09"
    NOT_SHIFTED = "not_shifted"
    VILLAGES_SHIFTED = "villages_shifted"
    SWAPPED = "swapped"
    WRONG_COUNTY = "wrong_county"
    ZERO = "zero"
    OUTSIDE = "outside"


class MapTheme(StrEnum):
    """What a map shows."""

    VITALITY = "vitality"
    FUNNEL = "funnel"
    PAPER = "paper"
    ALIGNMENT = "alignment"
    GAPS = "gaps"
    DELIVERY = "delivery"
    SITING = "siting"


class StudyState(StrEnum):
    """How far a siting study has come."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class SitingCandidates(StrEnum):
    """Where a next station may stand: where a stop or a host already is, or in any village."""

    HOSTS = "hosts"
    ALL_VILLAGES = "all_villages"


class SitingWeight(StrEnum):
    """What a siting study counts: villages, or the people in them."""

    VILLAGES = "villages"
    PEOPLE = "people"
