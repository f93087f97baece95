"""How the classes of the themes of coverage look: by colour and shape, as on the page (web_map/static/map/themes)."""

from __future__ import annotations

from web_map.pictures.scene import Look

# Okabe and Ito: told apart by who cannot tell red from green.
GREEN, ORANGE, BLUE, PURPLE, RED, GREY, PALE = (
    "#009e73", "#e69f00", "#0072b2", "#b0307f", "#d55e00", "#5b6663", "#9aa5a1"
)  # fmt: skip
PAIR_LINE = GREY

LOOKS: dict[str, dict[str, Look]] = {
    "funnel": {
        "evidenced": Look("circle", GREEN), "service": Look("circle", GREEN, True), "alive": Look("triangle", ORANGE),
        "geographic": Look("square", BLUE), "listed": Look("diamond", PURPLE, True), "built": Look("cross", RED),
        "none": Look("dot", GREY),
    },
    "paper": {
        "live": Look("circle", GREEN), "paper_unknown": Look("circle", GREY, True), "paper_only": Look("cross", RED),
        "none": Look("dot", PALE),
    },
    "gaps": {
        "covered": Look("dot", GREEN), "no_station": Look("cross", RED), "station_dead": Look("diamond", PURPLE, True),
        "station_unknown": Look("circle", GREY, True), "missing_service": Look("triangle", ORANGE),
        "no_evidence": Look("square", BLUE), "no_logistics": Look("plus", PURPLE), "late": Look("square", ORANGE, True),
    },
    "alignment": {
        "station_paired": Look("circle", GREEN), "station_near": Look("circle", ORANGE),
        "station_orphan": Look("circle", RED, True), "node_paired": Look("square", BLUE),
        "node_near": Look("square", ORANGE), "node_orphan": Look("square", PURPLE, True),
    },
    "delivery": {
        "on_time": Look("circle", GREEN), "late": Look("cross", RED), "few": Look("triangle", ORANGE),
        "promised": Look("diamond", PURPLE, True), "none": Look("dot", GREY),
    },
}  # fmt: skip
