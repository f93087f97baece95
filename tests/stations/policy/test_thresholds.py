"""The rules that other rooms read: named as those rooms read them, worth what they take without any, and obeyed."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import pytest
from sqlalchemy.orm import Session

from field_app_schema.visits import read_visit
from inspections.arriving.limit_policy import visit_limits
from inspections.arriving.limits import VisitLimits
from inspections.arriving.taking_in import take_in
from inspections.quarantine.accepting import KeptReceipt
from inspections.visits.answering import Receipt
from inspections.visits.tables import Inspection
from stations.policy.loading import load_policy
from stations.policy.tables import PolicyRule
from stations.register.listing.move_policy import move_policy
from stations.register.listing.moves import MovePolicy
from stations.units.loading import load_shipped_units
from stations.vitality.evidence import AlivePolicy
from stations.vitality.thresholds import alive_policy
from tests.conftest import NOON
from tests.visit_making import ID_A, ID_B, sent
from tests.world import World


@pytest.fixture
def loaded(session: Session, world: World) -> Session:
    load_shipped_units(session, NOON)
    load_policy(session, NOON)
    return session


def change(session: Session, code: str, **parameters: object) -> None:
    row = session.get_one(PolicyRule, code)
    assert set(parameters) <= set(row.parameters)
    row.parameters = row.parameters | parameters
    session.flush()


def test_shipped_thresholds_are_those_taken_without_any(loaded: Session) -> None:
    assert alive_policy(loaded) == AlivePolicy()
    assert move_policy(loaded) == MovePolicy()
    assert visit_limits(loaded) == VisitLimits()


def test_every_threshold_of_the_alive_rule_and_of_changes_is_in_its_row(loaded: Session) -> None:
    alive, moves = (loaded.get_one(PolicyRule, code).parameters for code in ("alive_rule", "station_transitions"))
    assert set(alive) == {field.name for field in fields(AlivePolicy)}
    assert set(moves) == {field.name for field in fields(MovePolicy)}


def test_a_changed_row_changes_what_is_read(loaded: Session) -> None:
    change(loaded, "alive_rule", site_visit_days=5)
    change(loaded, "station_transitions", suspension_max_days=30)
    change(loaded, "visit_limits", on_site_radius_m=50, ahead_minutes=2, oldest_days=3)
    assert alive_policy(loaded).site_visit_days == 5
    assert move_policy(loaded).suspension_max_days == 30
    assert visit_limits(loaded) == VisitLimits(50.0, dt.timedelta(minutes=2), dt.timedelta(days=3))


def test_a_row_that_names_one_limit_leaves_the_others(session: Session) -> None:
    session.add(PolicyRule(code="visit_limits", kind="visit_limits", parameters={"oldest_days": 7}, batch_years=[],
                           source_doc="省", quote="七日内"))  # fmt: skip
    session.flush()
    assert visit_limits(session) == VisitLimits(oldest=dt.timedelta(days=7))


def test_a_visit_is_judged_by_the_row(loaded: Session, world: World) -> None:
    near = take_in(loaded, world.callers["chen"], ID_A, sent(), read=read_visit, now=NOON)
    assert isinstance(near, Receipt)
    assert loaded.get_one(Inspection, ID_A).on_site == "on_site"
    # Eleven metres away, give or take twelve: within ten metres nobody can tell.
    change(loaded, "visit_limits", on_site_radius_m=10, oldest_days=1)
    take_in(loaded, world.callers["chen"], ID_B, sent(), read=read_visit, now=NOON)
    assert loaded.get_one(Inspection, ID_B).on_site == "unclear"
    late = take_in(loaded, world.callers["chen"], ID_B[:-1] + "9", sent(), read=read_visit,
                   now=NOON + dt.timedelta(days=2))  # fmt: skip
    assert isinstance(late, KeptReceipt)
    assert late.reason.code == "TIME_TOO_OLD"
