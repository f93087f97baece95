"""The one door: `create_app` builds the whole house from a checked configuration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from click import Command
from flask import Blueprint as PageBlueprint
from flask import Flask
from flask_smorest import Blueprint
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from api.boundary import install_boundary
from api.commands.coverage import COVERAGE_COMMANDS
from api.commands.evidence import EVIDENCE_COMMANDS
from api.commands.gis import GIS_COMMANDS
from api.commands.ledger import LEDGER_COMMANDS
from api.commands.months import MONTH_COMMANDS
from api.commands.network import NETWORK_COMMANDS
from api.commands.outbox import OUTBOX_COMMANDS
from api.commands.people import PEOPLE_COMMANDS
from api.commands.photos import PHOTO_COMMANDS
from api.commands.schema import SCHEMA_COMMANDS
from api.commands.signs import SIGN_COMMANDS
from api.commands.survival import SURVIVAL_COMMANDS
from api.commands.units import UNIT_COMMANDS
from api.commands.vitality import explain_vitality, recheck_vitality, recompute_vitality
from api.commands.work import work
from api.config import Config, config_from_env
from api.documentation import SPEC_OPTIONS, DocumentedApi, open_to_anyone
from api.errors import install_errors
from api.headers import install_headers
from api.identity import install_identity
from api.memory import give_back_large_blocks
from api.ogc.doors import ogc
from api.pages.files import files
from api.pages.maps import map_pages
from api.pages.months import figure_pages
from api.pages.staff import pages
from api.pages.verify import verify_pages
from api.paging import install_paging
from api.v1.charts import blp as charts
from api.v1.county_returns import blp as county_returns
from api.v1.coverage import blp as coverage
from api.v1.coverage_runs import blp as coverage_runs
from api.v1.datums import blp as datums
from api.v1.definitions import blp as definitions
from api.v1.devices import blp as devices
from api.v1.doubts import blp as doubts
from api.v1.enrolment_sheets import blp as enrolment_sheets
from api.v1.feeds import blp as feeds
from api.v1.findings import blp as findings
from api.v1.forms import blp as forms
from api.v1.found_stations import blp as found_stations
from api.v1.health import health
from api.v1.inspections import blp as inspections
from api.v1.jobs import blp as jobs
from api.v1.ledgers import blp as ledgers
from api.v1.map_days import blp as map_days
from api.v1.map_layers import blp as map_layers
from api.v1.map_pictures import blp as map_pictures
from api.v1.map_tiles_mvt import blp as map_tiles_mvt
from api.v1.maps import blp as maps
from api.v1.media import blp as media
from api.v1.months import blp as months
from api.v1.network import blp as network
from api.v1.outbox_files import blp as outbox_files
from api.v1.papers import blp as papers
from api.v1.people import blp as people
from api.v1.phone import blp as phone
from api.v1.policy import blp as policy
from api.v1.quarantine import blp as quarantine
from api.v1.rates import blp as rates
from api.v1.recomputations import blp as recomputations
from api.v1.reminders import blp as reminders
from api.v1.report_channels import blp as report_channels
from api.v1.report_lines import blp as report_lines
from api.v1.reporting import blp as reporting
from api.v1.review import blp as review
from api.v1.reviews import blp as reviews
from api.v1.road_graphs import blp as road_graphs
from api.v1.sales_reports import blp as sales_reports
from api.v1.session import blp as signing_in
from api.v1.siting import blp as siting
from api.v1.snapshots import blp as snapshots
from api.v1.station_changes import blp as station_changes
from api.v1.stations import blp as stations
from api.v1.survival import blp as survival
from api.v1.sync import blp as sync
from api.v1.tables import blp as tables
from api.v1.units import blp as units
from api.v1.verification import blp as verification
from api.v1.visit_tasks import blp as visit_tasks
from api.v1.what_if import blp as what_if
from api.version import VERSION
from db import make_engine, session_factory

OPENAPI = {
    "API_TITLE": "村站通 Cunzhan",
    "API_VERSION": VERSION,
    "API_SPEC_OPTIONS": SPEC_OPTIONS,
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_JSON_PATH": "openapi.json",
    "OPENAPI_SWAGGER_UI_PATH": "/docs",
    "OPENAPI_SWAGGER_UI_URL": "/static/shelf/swagger-ui/",
}

# The JSON doors (flask-smorest, under /api/v1), the pages (plain Flask) and the commands, one line each.
BLUEPRINTS: list[Blueprint] = [
    signing_in, people, devices, jobs, inspections, media, sync, forms, quarantine, maps, map_days, map_layers,
    map_pictures, map_tiles_mvt,
    stations, station_changes, ledgers, units, policy, months, county_returns, reminders, definitions, rates, doubts,
    reporting, report_lines, reviews, feeds,
    sales_reports, charts, tables, survival, snapshots, papers, recomputations, coverage,
    phone, visit_tasks, found_stations, enrolment_sheets, outbox_files, review, findings, report_channels,
    coverage_runs, what_if, siting, datums, road_graphs, network, verification,
]  # fmt: skip
PAGES: list[PageBlueprint] = [health, files, map_pages, ogc, pages, figure_pages, verify_pages]
COMMANDS: list[Command] = [
    *SCHEMA_COMMANDS, *UNIT_COMMANDS, *PEOPLE_COMMANDS, *LEDGER_COMMANDS, *SURVIVAL_COMMANDS,
    *COVERAGE_COMMANDS, *MONTH_COMMANDS,
    *GIS_COMMANDS, *NETWORK_COMMANDS, *OUTBOX_COMMANDS, *EVIDENCE_COMMANDS, *PHOTO_COMMANDS, *SIGN_COMMANDS,
    work, recheck_vitality, explain_vitality, recompute_vitality,
]  # fmt: skip


class RowNumber(IntegerConverter):
    """A row's number in an address: beyond what the databases' whole numbers hold it is no address (404)."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def wall_clock() -> dt.datetime:
    """Give the present instant; the only clock of the server, handed to whoever needs it."""
    return dt.datetime.now(dt.UTC)


def settle(app: Flask, config: Config, clock: Callable[[], dt.datetime]) -> None:
    """Give the application all that it works on: settings, the database and the clock."""
    engine = make_engine(config.database_url)
    app.config["MAX_CONTENT_LENGTH"] = config.max_body_bytes
    app.extensions["cunzhan_config"] = config
    app.extensions["cunzhan_engine"] = engine
    app.extensions["cunzhan_sessions"] = session_factory(engine)
    app.extensions["cunzhan_clock"] = clock


def create_app(config: Config | None = None, *, clock: Callable[[], dt.datetime] = wall_clock) -> Flask:
    """Build the application; `config` comes from the environment unless given."""
    give_back_large_blocks()
    config = config or config_from_env()
    app = Flask("cunzhan", static_folder=None)
    # Before any route is made: a number that no row can have is an address that does not exist.
    app.url_map.converters["int"] = RowNumber
    app.config.update(OPENAPI)
    app.config["MAX_JSON_BYTES"] = 1_000_000
    settle(app, config, clock)
    if config.trusted_proxies:
        # Only as many hops as the operator vouches for: beyond them anybody can write these headers.
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    install_headers(app)
    install_boundary(app)
    install_errors(app)
    install_identity(app)
    install_paging(app)
    api = DocumentedApi(app)
    open_to_anyone(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint, url_prefix="/api/v1")
    for doors in PAGES:
        app.register_blueprint(doors)
    for group in COMMANDS:
        app.cli.add_command(group)
    return app
