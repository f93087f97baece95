"""Every row of the table of changes: refused with all that is unmet, done with its effects when all is met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller
from stations.people.tables import AuditEvent
from stations.policy.tables import PolicyRule
from stations.records.tables import ReportingObligation, ServiceLink, Station, StationTransition
from stations.register.listing.moves import EvidencePhoto, MoveRequest
from stations.register.listing.transitions import change_status
from tests.conftest import NOON
from tests.stations.register.building import (
    TODAY,
    accepting,
    days_ago,
    delisting,
    look,
    photo,
    suspending,
    without,
)
from tests.world import World

GONE = "11111111-1111-4111-8111-111111111111"


def station(session: Session, world: World, code: str = "JY001", status: str = "active") -> Station:
    found = session.get_one(Station, world.stations[code])
    if found.listing_status != status:
        found.listing_status = status
        session.add(StationTransition(station_id=found.id, from_status="active", to_status=status,
                                      effective_on=dt.date(2026, 11, 5), reason_code="test", evidence_ids=[],
                                      details={}, recorded_at=days_ago(15)))  # fmt: skip
        session.flush()
    return found


def unmet(
    session: Session, caller: Caller, one: Station, asked: MoveRequest, photos: Sequence[EvidencePhoto] = ()
) -> list[str]:
    with pytest.raises(Refusal) as refused:
        change_status(session, caller, one, asked, now=NOON, photos=photos)
    assert refused.value.code == "TRANSITION_REFUSED"
    listed = refused.value.details["unmet"]
    assert all(item["zh"] and item["en"] for item in listed)
    return [item["code"] for item in listed]


def change(
    session: Session, world: World, one: Station, asked: MoveRequest, photos: Sequence[EvidencePhoto] = ()
) -> StationTransition:
    return change_status(session, world.callers["jiang"], one, asked, now=NOON, photos=photos)


def test_a_bare_acceptance_names_everything_that_is_missing(session: Session, world: World) -> None:
    one = station(session, world, status="proposed")
    asked = MoveRequest("active", TODAY, " ")
    assert unmet(session, world.callers["jiang"], one, asked) == [
        "REASON_MISSING", "ACCEPTANCE_NOT_PASSED", "OPENED_ON_MISSING", "SIGN_PHOTO_MISSING", "FUNDING_LINK_MISSING",
        "CLAIM_CODE_MISSING",
    ]  # fmt: skip
    assert one.listing_status == "proposed"


def test_an_accepted_station_is_active_and_audited(session: Session, world: World) -> None:
    one = station(session, world, status="proposed")
    look(session, one, world.callers["chen"], "open_operating", 3, visit=GONE)
    made = change(session, world, one, accepting(), [photo(GONE, "sign")])
    assert (made.from_status, made.to_status, one.listing_status, one.vitality) == (
        "proposed", "active", "active", "alive",
    )  # fmt: skip
    assert made.details["acceptance_doc_no"] == "验〔2026〕3号"
    audit = session.scalars(select(AuditEvent).where(AuditEvent.action == "station.transition")).one()
    assert (audit.object_id, audit.before, audit.reason) == ("JY001", {"listing_status": "proposed"}, "accepted")


def test_a_failed_or_later_acceptance_is_none(session: Session, world: World) -> None:
    one = station(session, world, status="proposed")
    one.is_subsidised = False
    jiang = world.callers["jiang"]
    assert unmet(session, jiang, one, accepting(acceptance_result="failed")) == ["ACCEPTANCE_NOT_PASSED"]
    early = replace(accepting(), effective_on=dt.date(2026, 11, 9))
    assert unmet(session, jiang, one, early) == ["ACCEPTANCE_NOT_PASSED"]
    one.is_subsidised = None
    assert unmet(session, jiang, one, accepting()) == ["SUBSIDY_UNKNOWN"]


def test_a_proposal_can_be_rejected_and_then_nothing_more(session: Session, world: World) -> None:
    one = station(session, world, status="proposed")
    change(session, world, one, MoveRequest("rejected", TODAY, "too_close"))
    assert (one.listing_status, one.vitality, one.vitality_reason) == ("rejected", "not_started", "rejected")
    assert unmet(session, world.callers["jiang"], one, accepting()) == ["NO_SUCH_MOVE"]


def test_a_suspension_needs_reason_and_an_end_within_180_days(session: Session, world: World) -> None:
    one, jiang = station(session, world), world.callers["jiang"]
    asked = replace(without(suspending(), "expected_end"), reason_code="because")
    assert unmet(session, jiang, one, asked) == ["SUSPENSION_REASON_UNKNOWN", "EXPECTED_END_MISSING"]
    late = suspending(expected_end=TODAY + dt.timedelta(days=181))
    assert unmet(session, jiang, one, late) == ["SUSPENSION_TOO_LONG"]
    session.add(ReportingObligation(station_id=one.id, starts_on=dt.date(2026, 1, 1), recorded_at=NOON))
    change(session, world, one, suspending(expected_end=TODAY + dt.timedelta(days=180)))
    owed = session.scalars(select(ReportingObligation).where(ReportingObligation.superseded_at.is_(None))).one()
    assert (one.listing_status, owed.ends_on) == ("suspended", dt.date(2026, 11, 30))


def test_it_resumes_only_after_it_was_seen_open(session: Session, world: World) -> None:
    one, chen = station(session, world, status="suspended"), world.callers["chen"]
    asked = MoveRequest("active", TODAY, "repaired")
    look(session, one, chen, "open_operating", 30)
    look(session, one, chen, "open_other_business", 2)
    assert unmet(session, world.callers["jiang"], one, asked) == ["NOT_SEEN_OPEN_SINCE"]
    look(session, one, chen, "open_weakened", 1)
    change(session, world, one, asked)
    assert (one.listing_status, one.vitality) == ("active", "weak")


def test_a_bare_delisting_names_everything_that_is_missing(session: Session, world: World) -> None:
    one = station(session, world)
    asked = MoveRequest("delisted", TODAY, "untidy", evidence_ids=("observation:999",))
    assert unmet(session, world.callers["jiang"], one, asked) == [
        "EVIDENCE_UNKNOWN", "DELISTING_REASON_UNKNOWN", "DELISTING_GROUND_MISSING", "OWNER_NOT_NOTIFIED",
        "ASSET_DISPOSITION_MISSING", "PLAQUE_PHOTO_MISSING",
    ]  # fmt: skip


def test_gone_with_a_photo_is_ground_enough(session: Session, world: World) -> None:
    one, chen, jiang = station(session, world), world.callers["chen"], world.callers["jiang"]
    seen = look(session, one, chen, "gone", 5, visit=GONE)
    missing = ["DELISTING_GROUND_MISSING", "PLAQUE_PHOTO_MISSING"]
    assert unmet(session, jiang, one, delisting()) == missing
    other = [photo("22222222-2222-4222-8222-222222222222", "plaque_removed")]
    assert unmet(session, jiang, one, delisting(), other) == missing
    session.add(ServiceLink(station_id=one.id, village_code="431125100201", services=["parcel"],
                            starts_on=dt.date(2024, 5, 10), declared_by="ledger", recorded_at=NOON))  # fmt: skip
    asked = replace(delisting(), evidence_ids=(f"observation:{seen.id}", GONE))
    made = change(session, world, one, asked, [photo(GONE, "front")])
    assert (one.listing_status, one.vitality, one.vitality_reason) == ("delisted", "dead", "delisted")
    assert made.details["villages_losing_service"] == ["431125100201"]
    assert session.scalars(select(ServiceLink)).one().ends_on == TODAY


def test_seen_open_after_gone_takes_the_ground_away(session: Session, world: World) -> None:
    one, chen = station(session, world), world.callers["chen"]
    look(session, one, chen, "gone", 9, visit=GONE)
    look(session, one, chen, "open_operating", 2)
    asked = replace(delisting(), effective_on=dt.date(2026, 11, 17))
    codes = unmet(session, world.callers["jiang"], one, asked, [photo(GONE, "plaque_removed")])
    assert codes == ["DELISTING_GROUND_MISSING", "EFFECTIVE_BEFORE_LAST_ALIVE"]


@pytest.mark.parametrize(
    ("first", "second", "days", "is_ground"),
    [("chen", "ping", 7, True), ("chen", "ping", 6, False), ("chen", "chen", 30, False)],
)
def test_two_closed_doors_by_two_people_a_week_apart(
    session: Session, world: World, first: str, second: str, days: int, is_ground: bool
) -> None:
    one = station(session, world)
    look(session, one, world.callers[first], "closed_at_visit", days + 1)
    look(session, one, world.callers[second], "open_other_business", 1, visit=GONE)
    photos = [photo(GONE, "plaque_removed")]
    if is_ground:
        change(session, world, one, delisting("closed"), photos)
        assert one.listing_status == "delisted"
    else:
        assert unmet(session, world.callers["jiang"], one, delisting("closed"), photos) == ["DELISTING_GROUND_MISSING"]


def test_a_withdrawal_or_a_passed_deadline_is_ground_too(session: Session, world: World) -> None:
    one, jiang = station(session, world, status="suspended"), world.callers["jiang"]
    look(session, one, world.callers["chen"], "not_assessed", 1, visit=GONE)
    photos = [photo(GONE, "plaque_removed")]
    unfit = {"judged_unfit_doc_no": "改〔2026〕9号", "corrective_deadline": TODAY}
    assert unmet(session, jiang, one, delisting("judged_unfit", **unfit), photos) == ["DELISTING_GROUND_MISSING"]
    with session.begin_nested() as trial:
        passed = unfit | {"corrective_deadline": days_ago(1).date()}
        change(session, world, one, delisting("judged_unfit", **passed), photos)
        assert one.listing_status == "delisted"
        trial.rollback()
    session.refresh(one)
    asked = delisting("owner_withdrawal", withdrawal_on=dt.date(2026, 11, 1), withdrawal_doc_no="申请1")
    change(session, world, one, asked, photos)
    assert one.listing_status == "delisted"


def test_ten_working_days_for_objections(session: Session, world: World) -> None:
    one = station(session, world)
    look(session, one, world.callers["chen"], "gone", 30, visit=GONE)
    photos = [photo(GONE, "front")]
    # From Monday 9 November to Friday 20 November are nine working days after the first.
    short = delisting(owner_notified_on=dt.date(2026, 11, 9))
    assert unmet(session, world.callers["jiang"], one, short, photos) == ["OBJECTION_WINDOW_OPEN"]
    change(session, world, one, delisting(owner_notified_on=dt.date(2026, 11, 6)), photos)


def test_back_from_delisted_only_by_a_new_acceptance(session: Session, world: World) -> None:
    one, jiang = station(session, world, status="delisted"), world.callers["jiang"]
    old = accepting(acceptance_on=dt.date(2026, 11, 5))
    assert unmet(session, jiang, one, old) == ["ACCEPTANCE_NOT_NEW"]
    change(session, world, one, accepting())
    assert (one.listing_status, one.code) == ("active", "JY001")


def test_a_merger_moves_the_links_and_follows_the_successor(session: Session, world: World) -> None:
    one, other, jiang = station(session, world), station(session, world, "JY002"), world.callers["jiang"]
    asked = MoveRequest("merged", TODAY, "co_located", successor_code="JY002")
    assert unmet(session, jiang, one, replace(asked, successor_code=None)) == ["SUCCESSOR_MISSING"]
    assert unmet(session, jiang, one, replace(asked, successor_code="TJ001")) == ["SUCCESSOR_MISSING"]
    assert unmet(session, jiang, one, replace(asked, successor_code="JY001")) == ["SUCCESSOR_IS_SELF"]
    session.add(ServiceLink(station_id=one.id, village_code="431125100202", services=["parcel"],
                            starts_on=dt.date(2024, 5, 10), declared_by="ledger", recorded_at=NOON))  # fmt: skip
    change(session, world, one, asked)
    links = session.scalars(select(ServiceLink).order_by(ServiceLink.id)).all()
    assert [(link.station_id, link.ends_on) for link in links] == [(one.id, TODAY), (other.id, None)]
    look(session, other, world.callers["chen"], "open_operating", 0)
    assert (one.vitality, one.vitality_reason, other.vitality) == ("alive", "merged", "alive")


def test_no_change_in_the_future_or_before_the_last_one(session: Session, world: World) -> None:
    one, jiang = station(session, world), world.callers["jiang"]
    tomorrow = replace(suspending(), effective_on=TODAY + dt.timedelta(days=1))
    assert unmet(session, jiang, one, tomorrow) == ["EFFECTIVE_IN_FUTURE"]
    before = replace(suspending(expected_end=dt.date(2024, 5, 20)), effective_on=dt.date(2024, 5, 9))
    assert unmet(session, jiang, one, before) == ["EFFECTIVE_BEFORE_PREVIOUS"]


def test_prefecture_confirms_where_the_province_says_so(session: Session, world: World) -> None:
    one = station(session, world)
    with pytest.raises(Refusal, match="NOT_ALLOWED"):
        change_status(session, world.callers["yong"], one, suspending(), now=NOON)
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        change_status(session, world.callers["zhou"], one, suspending(), now=NOON)
    told = {"prefecture_confirms": ["delisted"]}
    session.add(PolicyRule(code="station_transitions", kind="threshold", parameters=told, batch_years=[],
                           source_doc="[proposal]", quote="", is_proposal=True))  # fmt: skip
    look(session, one, world.callers["chen"], "gone", 5, visit=GONE)
    photos = [photo(GONE, "front")]
    assert unmet(session, world.callers["jiang"], one, delisting(), photos) == ["PREFECTURE_MUST_CONFIRM"]
    change_status(session, world.callers["yong"], one, delisting(), now=NOON, photos=photos)
    assert one.listing_status == "delisted"
