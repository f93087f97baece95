"""The staff's pages; each is an empty frame whose module asks the API, so no page holds a word that a user typed."""

from __future__ import annotations

from flask import Blueprint, Response

from api.boundary import may
from api.pages.frame import install_refusals, show
from web_map.modules import modules_of

pages = Blueprint("staff", __name__)
install_refusals(pages)


@pages.get("/login")
@may("anyone")
def login() -> Response:
    """Sign in with name and password."""
    return show("login.html")


@pages.get("/stations")
@may("station.read")
def stations() -> Response:
    """The table of stations."""
    return show("stations.html")


@pages.get("/stations/<path:code>")
@may("station.read")
def station(code: str) -> Response:
    """One station and its timeline; its code stays in the address, the page's module reads it there."""
    return show("station.html")


@pages.get("/ledger")
@may("ledger.export")
def ledger() -> Response:
    """Import and export of the ledger."""
    return show("ledger.html")


@pages.get("/network")
@may("network.read")
def network() -> Response:
    """The logistics network: files in, what stands, what came in."""
    return show("network.html")


@pages.get("/places")
@may("network.read")
def places() -> Response:
    """Coordinates checked and mended, road networks."""
    return show("places.html")


@pages.get("/quarantine")
@may("quarantine.settle")
def quarantine() -> Response:
    """What phones sent and could not be accepted."""
    return show("quarantine.html")


@pages.get("/devices")
@may("device.manage")
def devices() -> Response:
    """People and their phones."""
    return show("devices.html")


@pages.get("/visit-tasks")
@may("visit.assign")
def visit_tasks() -> Response:
    """Visits that are assigned."""
    return show("visit_tasks.html")


@pages.get("/review")
@may("visit.review")
def review() -> Response:
    """Visits that wait for a reviewer, one at a time; which one stands in the address."""
    return show("review.html", modules=modules_of("pages/review/review.js"))


@pages.get("/findings")
@may("finding.read")
def findings() -> Response:
    """What approved visits found wrong."""
    return show("findings.html")


@pages.get("/found-stations")
@may("found.read")
def found_stations() -> Response:
    """Stations that were met and are on no list."""
    return show("found_stations.html")


@pages.get("/report-channels")
@may("channel.set")
def report_channels() -> Response:
    """Where the public reports what is wrong, unit by unit."""
    return show("report_channels.html")


@pages.get("/s/<string:code>")
@may("anyone")
def signed_station_page(code: str) -> Response:
    """What anybody finds who scans a plaque; its code stays in the address, the page's module reads it there."""
    return show("signed_station.html", modules=modules_of("pages/signed_station.js"))


@pages.get("/planning")
@may("coverage.read")
def planning() -> Response:
    """Where next, and what delisting costs."""
    return show("planning.html")


@pages.get("/jobs")
@may("job.read")
def jobs() -> Response:
    """Work that is done later."""
    return show("jobs.html")
