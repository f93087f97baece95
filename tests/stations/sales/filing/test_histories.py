"""Whatever is sent, sent again, corrected, returned and accepted: the report shows its last version and loses none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReportField, ReturnReason
from stations.records.months import SalesReport, SalesReportVersion
from stations.sales.filing.figures import Figures, Filed
from stations.sales.filing.taking_in import take_in
from stations.sales.review.deciding import Returning, accept_report, return_report
from tests.stations.sales.filing.building import OCTOBER, SECOND, begin, station, told
from tests.world import World

CALM = settings(max_examples=25, deadline=None, derandomize=True, database=None,
                suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
# (what is done, by whom, hours after the second of November at ten)
STEPS = st.lists(
    st.tuples(st.sampled_from(["file", "nil", "correct", "repeat", "accept", "return"]),
              st.sampled_from(["tang", "jiang"]), st.integers(0, 400)),
    min_size=1, max_size=10,
)  # fmt: skip


@dataclass
class Story:
    """What was sent and taken in so far."""

    sent: dict[str, tuple[Filed, int]] = field(default_factory=dict)


def step(session: Session, world: World, story: Story, what: str, who: str, now: dt.datetime) -> None:
    """Do one thing; what is refused changes nothing, which is what the test is about."""
    caller, jy001 = world.callers[who], station(session, world)
    report = session.scalars(select(SalesReport)).one_or_none()
    seen = None if report is None else report.version
    if what == "accept":
        accept_report(session, world.callers["jiang"], "JY001", OCTOBER, seen, now=now)
    elif what == "return":
        why = Returning(ReturnReason.LOOKS_WRONG, fields=(ReportField.PARCELS_IN,))
        return_report(session, world.callers["jiang"], "JY001", OCTOBER, seen, why, now=now)
    elif what == "repeat" and story.sent:
        filing, version = sorted(story.sent.values(), key=lambda one: one[1])[0]
        again = take_in(session, caller, jy001, OCTOBER, filing, now=now)
        assert (again.is_new, again.version.version) == (False, version)
    else:
        more = {"reason": "漏记", "seen_version": seen} if what == "correct" else {}
        filing = told(is_nil=True, **more) if what == "nil" else told(parcels_in=len(story.sent), **more)
        taken = take_in(session, caller, jy001, OCTOBER, filing, now=now)
        story.sent[filing.client_uuid] = (filing, taken.version.version)


@CALM
@given(STEPS)
def test_no_history_loses_a_version(session: Session, world: World, steps: list[tuple[str, str, int]]) -> None:
    whole = session.begin_nested()
    begin(session)
    story, times = Story(), sorted(hours for _, _, hours in steps)
    for (what, who, _), hours in zip(steps, times, strict=True):
        point = session.begin_nested()
        try:
            step(session, world, story, what, who, SECOND + dt.timedelta(hours=hours))
            point.commit()
        except Refusal:
            point.rollback()
    check(session, story)
    whole.rollback()


def check(session: Session, story: Story) -> None:
    session.expire_all()
    versions = session.scalars(select(SalesReportVersion).order_by(SalesReportVersion.version)).all()
    assert [one.version for one in versions] == list(range(1, len(versions) + 1))
    assert {one.client_uuid: one.version for one in versions} == {key: n for key, (_, n) in story.sent.items()}
    for one in versions:
        filing, _ = story.sent[one.client_uuid]
        assert (Figures.of(one), one.is_nil) == (filing.figures, filing.is_nil)
        assert (one.reason is None) == (one.version == 1)
    report = session.scalars(select(SalesReport)).one_or_none()
    assert (report is None) == (not versions)
    if report is not None:
        first, last = versions[0], versions[-1]
        assert (report.version, Figures.of(report), report.is_nil) == (last.version, Figures.of(last), last.is_nil)
        assert (report.source, report.entered_by) == (last.source, last.entered_by)
        assert (report.first_received_at, report.timeliness) == (first.received_at, first.timeliness)
        assert report.has_activity == Figures.of(last).has_activity
