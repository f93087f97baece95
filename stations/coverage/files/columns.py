"""The files of a folder and their columns: which must be there, and which may; `docs/coverage-files.md` explains them.
"""

from __future__ import annotations

VILLAGES, STATIONS, LINKS = "villages.csv", "stations.csv", "service_links.csv"
NODES, ROUTES, SERVED = "nodes.csv", "routes.csv", "node_villages.csv"
TRACES, ROADS = "traces.csv", "road_edges.csv"

_DATED = ("starts_on", "ends_on")
# File -> (columns that must be there, columns that may).
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    VILLAGES: (
        ("code",),
        ("name", "township", "county", "lon", "lat", "coord_quality", "township_lon", "township_lat", "is_poor",
         "is_remote", "people"),
    ),
    STATIONS: (
        ("code", "village", "life", "services"),
        ("name", "lon", "lat", "level", "listing", "confidence", "operator", "accepted_on"),
    ),
    LINKS: (("station", "village"), ("services", *_DATED)),
    NODES: (
        ("code", "level"), ("name", "lon", "lat", "village", "township", "operator", "promised_days", *_DATED),
    ),
    ROUTES: (("from", "to"), _DATED),
    SERVED: (("node", "village"), _DATED),
    TRACES: (("village", "sent_on"), ("station", "township_on", "arrived_on")),
    ROADS: (
        ("from", "to", "length_m", "from_lon", "from_lat", "to_lon", "to_lat"), ("class", "minutes"),
    ),
}  # fmt: skip
# Without these there is nothing to count.
NEEDED = (VILLAGES, STATIONS)
