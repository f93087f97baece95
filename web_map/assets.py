"""Folium without other people's servers: the only files its pages may load are ours, under /static."""

from __future__ import annotations

import folium

SHELF = "/static/shelf"


class HouseMap(folium.Map):
    """Folium's map with Leaflet from our shelf and nothing else: no jQuery, Bootstrap, icon font or tiles.

    No text that a person typed may ever be given to it or to its children: Folium compiles text as a template.
    """

    default_js = [("leaflet", f"{SHELF}/leaflet/leaflet.js")]
    default_css = [("leaflet_css", f"{SHELF}/leaflet/leaflet.css")]
