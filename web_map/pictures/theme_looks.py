"""How the classes of the themes of coverage look and in which order they are told; the page has the same.

A test holds this beside web_map/static/map/themes. Colours after Okabe and Ito: told apart by who cannot tell red from
green.
"""

from __future__ import annotations

from web_map.pictures.scene import Look

PAIR_LINE = "#3a4642"
# Classes that share a name between themes have words of their own.
NAMED = {("paper", "none"): "paper_none", ("delivery", "none"): "no_parcels"}

LOOKS: dict[str, dict[str, Look]] = {
    "funnel": {
        "evidenced": Look("circle", "#009e73"),
        "service": Look("circle", "#7a8f00", True),
        "alive": Look("triangle", "#e69f00"),
        "geographic": Look("square", "#0072b2", True),
        "listed": Look("diamond", "#b0307f"),
        "built": Look("cross", "#d55e00"),
        "none": Look("plus", "#5b6663"),
    },
    "paper": {
        "live": Look("circle", "#009e73"),
        "paper_unknown": Look("circle", "#5b6663", True),
        "paper_only": Look("cross", "#d55e00"),
        "none": Look("plus", "#33413c"),
    },
    "gaps": {
        "no_station": Look("plus", "#33413c"),
        "station_dead": Look("cross", "#d55e00"),
        "station_unknown": Look("circle", "#5b6663", True),
        "missing_service": Look("triangle", "#e69f00"),
        "no_evidence": Look("square", "#0072b2", True),
        "no_logistics": Look("diamond", "#b0307f"),
        "late": Look("square", "#6a3d9a"),
        "covered": Look("circle", "#009e73"),
    },
    "alignment": {
        "station_paired": Look("circle", "#009e73"),
        "station_near": Look("circle", "#7a8f00", True),
        "station_orphan": Look("cross", "#d55e00"),
        "node_paired": Look("square", "#0072b2"),
        "node_near": Look("square", "#6a3d9a", True),
        "node_orphan": Look("diamond", "#b0307f"),
    },
    "delivery": {
        "on_time": Look("circle", "#009e73"),
        "late": Look("triangle", "#d55e00"),
        "few": Look("circle", "#5b6663", True),
        "promised": Look("diamond", "#b0307f"),
        "none": Look("plus", "#33413c"),
    },
    "siting": {
        "suggested": Look("diamond", "#b0307f"),
        "newly": Look("square", "#0072b2"),
        "existing": Look("triangle", "#33413c"),
        "already": Look("circle", "#009e73"),
        "still": Look("plus", "#5b6663"),
    },
}
