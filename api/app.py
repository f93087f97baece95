"""The one door: `create_app` builds the whole house from a checked configuration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from click import Command
from flask import Blueprint as PageBlueprint
from flask import Flask
from flask_smorest import Blueprint

from api.boundary import install_boundary
from api.commands.work import work
from api.config import Config, config_from_env
from api.errors import OneShapeApi, install_errors
from api.identity import install_identity
from db import make_engine, session_factory

OPENAPI = {
    "API_TITLE": "村站通 Cunzhan",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_JSON_PATH": "openapi.json",
    "OPENAPI_SWAGGER_UI_PATH": "/docs",
    "OPENAPI_SWAGGER_UI_URL": "/static/shelf/swagger-ui/",
}

# The JSON doors (flask-smorest, under /api/v1), the pages (plain Flask) and the commands, one line each.
BLUEPRINTS: list[Blueprint] = []
PAGES: list[PageBlueprint] = []
COMMANDS: list[Command] = [work]


def wall_clock() -> dt.datetime:
    """Give the present instant; the only clock of the server, handed to whoever needs it."""
    return dt.datetime.now(dt.UTC)


def create_app(config: Config | None = None, *, clock: Callable[[], dt.datetime] = wall_clock) -> Flask:
    """Build the application; `config` comes from the environment unless given."""
    config = config or config_from_env()
    app = Flask("cunzhan", static_folder=None)
    app.config.update(OPENAPI)
    app.config["MAX_CONTENT_LENGTH"] = config.max_body_bytes
    app.config["MAX_JSON_BYTES"] = 1_000_000
    engine = make_engine(config.database_url)
    app.extensions["cunzhan_config"] = config
    app.extensions["cunzhan_engine"] = engine
    app.extensions["cunzhan_sessions"] = session_factory(engine)
    app.extensions["cunzhan_clock"] = clock
    install_boundary(app)
    install_errors(app)
    install_identity(app)
    api = OneShapeApi(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint, url_prefix="/api/v1")
    for pages in PAGES:
        app.register_blueprint(pages)
    for group in COMMANDS:
        app.cli.add_command(group)
    return app
