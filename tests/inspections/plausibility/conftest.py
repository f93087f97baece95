"""What the stories of this room begin with."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.conftest import Clock
from tests.inspections.plausibility.telling import Story
from tests.world import World


@pytest.fixture
def story(app: Flask, client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]) -> Story:
    return Story(app, client, world, clock, sessions)
