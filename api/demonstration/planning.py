"""Put two coverage runs and an answered siting study on file, so that comparing and planning have something to show."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from api.version import VERSION
from stations.coverage.asking import CoverageQuestion
from stations.coverage.runs.keeping import make_run
from stations.coverage.studies.asking import StudyWish, begin_study
from stations.coverage.studies.running import compute, keep, prepare
from stations.people.access import Caller
from stations.records.days import day_in_china

A_QUARTER = dt.timedelta(days=91)


def tell_planning(session: Session, county: Caller, *, now: dt.datetime) -> None:
    """Let the county have computed its coverage a quarter ago and today, and have asked where ten stations more go."""
    for day in (day_in_china(now - A_QUARTER), day_in_china(now)):
        make_run(session, county, CoverageQuestion(as_of=day), code_version=VERSION, now=now)
    study = begin_study(session, county, StudyWish(k=10, exact=True), code_version=VERSION, now=now)
    outcome = compute(prepare(session, study, now=now), lambda done, total: None)
    keep(session, study.id, outcome, now=now)
