"""The pages of figures: a month at a glance, rates, survival, coverage, doubts, and how each figure is counted.

Each is an empty frame whose module asks the API. The same address gives its figures as data: asked for JSON, or with
`format=csv` or `format=xlsx`, a page sends on to the door that has them.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from api.boundary import may, now
from api.pages.frame import install_refusals, language, show
from stations.records.periods import last_ended, parse_period, written

figure_pages = Blueprint("figure_pages", __name__)
install_refusals(figure_pages)


def page_or_data(template: str, door: str, table: str = "") -> AnyResponse:
    """Answer with the page, or send on to the same figures as JSON (`door`) or as a file (`table`)."""
    form = request.args.get("format", "")
    accepted = request.accept_mimetypes
    asked = [(name, value) for name, value in request.args.items(multi=True) if name not in ("format", "lang")]
    if form in ("csv", "xlsx") and table:
        whole = [(name, value) for name, value in asked if name != "page"]
        return redirect(f"/api/v1{table}?{urlencode([*whole, ('format', form), ('lang', language())])}")
    if form == "json" or accepted["application/json"] > accepted["text/html"]:
        return _varied(redirect(f"/api/v1{door}" + (f"?{urlencode(asked)}" if asked else "")))
    return _varied(show(template))


def _varied(response: AnyResponse) -> AnyResponse:
    response.vary.add("Accept")
    return response


@figure_pages.get("/months")
@may("figures.read")
def newest_month() -> AnyResponse:
    """The newest month that is over."""
    asked = request.query_string.decode()
    return redirect(f"/months/{written(last_ended(now()))}" + (f"?{asked}" if asked else ""))


@figure_pages.get("/months/<period>")
@may("figures.read")
def month(period: str) -> AnyResponse:
    """One month: who is missing, what waits, the totals, the county's return."""
    known = written(parse_period(period))
    return page_or_data("month.html", f"/months/{known}", f"/tables/months/{known}")


@figure_pages.get("/figures")
@may("figures.read")
def figures() -> AnyResponse:
    """Reporting rates over time, by unit, down to the station."""
    return page_or_data("figures.html", "/reporting-rates", "/tables/reporting-rates")


@figure_pages.get("/survival")
@may("figures.read")
def survival() -> AnyResponse:
    """How many stations live, with both denominators, and for how long."""
    return page_or_data("survival.html", "/survival", "/tables/survival")


@figure_pages.get("/coverage")
@may("coverage.read")
def coverage() -> AnyResponse:
    """Which villages are covered, what others lack, how logistics agree, how soon parcels come.

    With `reason` or `page` in the address a list of villages is open; as data it is that list.
    """
    listed = "/villages" if {"reason", "page"} & set(request.args) else ""
    return page_or_data("coverage.html", f"/coverage{listed}", f"/tables/coverage{listed}")


@figure_pages.get("/how")
@may("policy.read")
def definitions() -> AnyResponse:
    """Every figure's definition."""
    return page_or_data("how.html", "/definitions")


@figure_pages.get("/how/<code>")
@may("policy.read")
def definition(code: str) -> AnyResponse:
    """How one figure is counted; its code stays in the address, the page's module reads it there."""
    return page_or_data("how.html", "/definitions/" + quote(code, safe=""))


@figure_pages.get("/doubts")
@may("figures.read")
def doubts() -> AnyResponse:
    """Figures out of line and contradictions; as data, the outliers (contradictions have a door of their own)."""
    return page_or_data("doubts.html", "/outliers", "/tables/outliers")
