"""Alive rule v1, a frozen table of moments for each rule; expectations are literal."""

import datetime as dt
from decimal import Decimal

import pytest

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.vitality.evidence import (
    AlivePolicy,
    Evidence,
    ListingFact,
    Obligation,
    ReportState,
    StationFacts,
    Verdict,
)
from stations.vitality.rule import decide

D = dt.date
ACCEPTED = ListingFact("t1", ListingStatus.ACTIVE, D(2025, 1, 10))
OWED = (Obligation(D(2025, 2, 1)),)


def see(at, state="open_operating", kind="site_visit", **more):
    at = D.fromisoformat(at) if len(at) == 10 else dt.datetime.fromisoformat(at)
    return Evidence(more.pop("id", f"{kind}@{at}={state}"), EvidenceKind(kind), at, ObservedState(state), **more)


def month(period, activity=0, kind="owner_report", **more):
    return Evidence(
        f"{kind}@{period}", EvidenceKind(kind), period=D.fromisoformat(f"{period}-01"), activity=Decimal(activity),
        is_nil=activity == 0, **more,
    )  # fmt: skip


def trace(at):
    return Evidence(f"trace@{at}", EvidenceKind.LOGISTICS_TRACE, D.fromisoformat(at))


def ask(as_of, *evidence, listing=(ACCEPTED,), owed=(), **more):
    return decide(StationFacts(evidence, tuple(listing), tuple(owed)), D.fromisoformat(as_of), **more)


def short(verdict):
    return verdict.vitality.value, verdict.confidence and verdict.confidence.value, verdict.reason.value


def change(to, on, **more):
    return ListingFact(f"{to}@{on}", ListingStatus(to), D.fromisoformat(on), **more)


SEEN = see("2026-06-01")
STALE_FROM = "2026-11-29"  # 2026-06-01 is 180 days old on 11-28


@pytest.mark.parametrize(
    ("as_of", "evidence", "answer"),
    [
        # rule 7 and rule 4: fresh on day 180, stale on day 181
        ("2026-06-01", [SEEN], ("alive", "verified", "seen_open")),
        ("2026-05-31", [SEEN], ("unknown", None, "no_evidence")),
        ("2026-11-28", [SEEN], ("alive", "verified", "seen_open")),
        (STALE_FROM, [SEEN], ("unknown", None, "evidence_stale")),
        ("2026-08-30", [trace("2026-06-01")], ("alive", "verified", "parcels_delivered")),
        ("2026-08-31", [trace("2026-06-01")], ("unknown", None, "evidence_stale")),
        ("2026-09-29", [see("2026-06-01", kind="video_link")], ("alive", "verified_remote", "video_open")),
        ("2026-09-30", [see("2026-06-01", kind="video_link")], ("unknown", None, "evidence_stale")),
        ("2026-08-31", [month("2026-08", 5, "auto_feed")], ("unknown", None, "no_evidence")),
        ("2026-09-01", [month("2026-08", 5, "auto_feed")], ("alive", "verified", "feed_active")),
        ("2026-11-05", [month("2026-08", 5, "auto_feed")], ("alive", "verified", "feed_active")),
        ("2026-11-06", [month("2026-08", 5, "auto_feed")], ("unknown", None, "evidence_stale")),
        ("2026-06-20", [SEEN, see("2026-06-10", "open_weakened")], ("weak", "verified", "seen_weakened")),
        ("2026-06-20", [see("2026-05-01", "open_weakened"), SEEN], ("alive", "verified", "seen_open")),
        ("2026-06-20", [SEEN, see("2026-06-01", "open_weakened")], ("weak", "verified", "seen_weakened")),
        ("2026-06-20", [see("2026-05-01", "open_weakened"), trace("2026-06-10")],
         ("weak", "verified", "seen_weakened")),
        ("2026-06-20", [see("2026-06-10", "open_weakened", "video_link")],
         ("weak", "verified_remote", "video_weakened")),
        # an instant belongs to the day in China
        ("2026-06-02", [see("2026-06-01T17:00:00+00:00")], ("alive", "verified", "seen_open")),
        ("2026-06-01", [see("2026-06-01T17:00:00+00:00")], ("unknown", None, "no_evidence")),
        # rule 5
        ("2026-11-05", [month("2026-08", 5)], ("alive", "reported", "owner_reported")),
        ("2026-11-06", [month("2026-08", 5)], ("unknown", None, "evidence_stale")),
        ("2026-09-10", [month("2026-08", 5, state=ReportState.LOCKED)], ("alive", "reported", "owner_reported")),
        ("2026-09-10", [month("2026-08", 5, state=ReportState.SUBMITTED)], ("unknown", None, "no_evidence")),
        ("2026-09-10", [month("2026-08", 5, state=ReportState.RETURNED)], ("unknown", None, "no_evidence")),
        ("2026-07-31", [see("2026-06-01", kind="phone_callback")], ("alive", "reported", "phone_answered")),
        ("2026-08-01", [see("2026-06-01", kind="phone_callback")], ("unknown", None, "evidence_stale")),
        ("2026-07-01", [see("2026-06-01", kind="document_review")], ("alive", "reported", "documents_say_open")),
        ("2026-07-02", [see("2026-06-01", kind="document_review")], ("unknown", None, "evidence_stale")),
        ("2026-06-02", [see("2026-06-01", "not_assessed", "phone_callback", answered=True)],
         ("alive", "reported", "phone_answered")),
        ("2026-06-02", [see("2026-06-01", "not_assessed", "phone_callback", answered=False)],
         ("unknown", None, "no_evidence")),
        ("2026-06-02", [see("2026-06-01", "gone", "phone_callback", answered=True)], ("unknown", None, "no_evidence")),
        ("2026-06-02", [see("2026-06-01", "not_assessed")], ("unknown", None, "no_evidence")),
        # rule 2
        ("2026-07-01", [SEEN, see("2026-06-20", "gone")], ("dead", "verified", "gone_seen")),
        ("2026-07-01", [SEEN, see("2026-06-20", "closed_sign_removed")], ("dead", "verified", "sign_removed_seen")),
        ("2026-07-01", [see("2026-05-20", "gone"), SEEN], ("alive", "verified", "seen_open")),
        ("2026-07-01", [see("2026-05-20", "gone"), trace("2026-06-01")], ("alive", "verified", "parcels_delivered")),
        ("2026-07-01", [see("2026-05-20", "gone"), see("2026-06-01", kind="video_link")],
         ("alive", "verified_remote", "video_open")),
        ("2026-07-01", [see("2026-05-20", "gone"), see("2026-06-01", kind="phone_callback")],
         ("dead", "verified", "gone_seen")),
        ("2026-07-01", [SEEN, see("2026-06-20", "gone", "video_link")], ("alive", "verified", "seen_open")),
        ("2026-07-01", [SEEN, see("2026-06-01", "gone")], ("weak", "verified", "one_strike_but_fresh")),
        ("2026-07-01", [see("2026-06-01T09:00:00+08:00"), see("2026-06-01T15:00:00+08:00", "gone")],
         ("dead", "verified", "gone_seen")),
        ("2026-09-10", [month("2026-08", 5, "auto_feed"), see("2026-08-20", "gone")],
         ("dead", "verified", "gone_seen")),
        ("2026-10-10", [month("2026-09", 5, "auto_feed"), see("2026-08-20", "gone")],
         ("alive", "verified", "feed_active")),
        ("2026-09-10", [month("2026-08", 5, "auto_feed", at=dt.datetime(2026, 8, 25, tzinfo=dt.UTC)),
                        see("2026-08-20", "gone")], ("alive", "verified", "feed_active")),
        # rule 3
        ("2026-07-01", [see("2026-06-10", "closed_at_visit"), see("2026-06-17", "not_found")],
         ("dead", "verified", "two_strikes")),
        ("2026-07-01", [see("2026-06-10", "closed_at_visit"), see("2026-06-16", "not_found")],
         ("dormant", "verified", "one_strike")),
        ("2026-07-01", [SEEN, see("2026-06-10", "closed_at_visit"), see("2026-06-17", "open_other_business")],
         ("dead", "verified", "two_strikes")),
        ("2026-07-01", [SEEN, see("2026-06-10", "closed_at_visit")], ("weak", "verified", "one_strike_but_fresh")),
        (STALE_FROM, [SEEN, see("2026-06-10", "closed_at_visit")], ("dormant", "verified", "one_strike")),
        ("2026-07-01", [see("2026-05-10", "closed_at_visit"), SEEN], ("alive", "verified", "seen_open")),
        ("2026-07-01", [see("2026-05-10", "closed_at_visit"), SEEN, see("2026-06-17", "closed_at_visit")],
         ("weak", "verified", "one_strike_but_fresh")),
        ("2026-07-01", [see("2026-06-10", "closed_at_visit"), see("2026-06-12", kind="phone_callback"),
                        see("2026-06-17", "closed_at_visit")], ("weak", "verified", "one_strike_but_fresh")),
        ("2026-07-01", [see("2026-06-10", "closed_at_visit", "video_link"), see("2026-06-17", "closed_at_visit")],
         ("dormant", "verified", "one_strike")),
        ("2026-09-10", [see("2026-08-10", "closed_at_visit"), see("2026-08-20", "closed_at_visit"),
                        month("2026-08", 5)],
         ("weak", "verified", "one_strike_but_fresh")),
        ("2026-09-10", [see("2026-08-10", "closed_at_visit"), see("2026-08-20", "closed_at_visit"),
                        month("2026-07", 5)],
         ("dead", "verified", "two_strikes")),
    ],
)  # fmt: skip
def test_each_rule_at_its_moments(as_of, evidence, answer):
    assert short(ask(as_of, *evidence)) == answer
    assert short(ask(as_of, *reversed(evidence))) == answer


NILS = [month(f"2026-0{m}") for m in range(2, 8)]


@pytest.mark.parametrize(
    ("as_of", "evidence", "owed", "answer"),
    [
        ("2026-05-05", NILS, (), ("unknown", None, "no_evidence")),
        ("2026-05-06", NILS, (), ("dormant", "inferred", "silent_periods")),
        ("2026-08-05", NILS, (), ("dormant", "inferred", "silent_periods")),
        ("2026-08-06", NILS, (), ("presumed_dead", "inferred", "long_silent_periods")),
        ("2025-05-05", [], OWED, ("unknown", None, "no_evidence")),
        ("2025-05-06", [], OWED, ("dormant", "inferred", "silent_periods")),
        ("2025-08-06", [], OWED, ("presumed_dead", "inferred", "long_silent_periods")),
        ("2026-08-06", [], (), ("unknown", None, "no_evidence")),
        ("2025-08-06", [], (Obligation(D(2025, 2, 28), D(2025, 4, 1)),), ("dormant", "inferred", "silent_periods")),
        ("2025-06-06", [month("2025-03", state=ReportState.EXCUSED)], OWED, ("dormant", "inferred", "silent_periods")),
        ("2025-05-06", [month("2025-03", state=ReportState.EXCUSED)], OWED, ("unknown", None, "no_evidence")),
        ("2025-05-06", [month("2025-03", 4, state=ReportState.SUBMITTED)], OWED, ("unknown", None, "no_evidence")),
        ("2025-05-06", [month("2025-03", 4, state=ReportState.RETURNED)], OWED,
         ("dormant", "inferred", "silent_periods")),
        ("2025-08-06", [see("2025-03-01")], OWED, ("alive", "verified", "seen_open")),
        ("2025-08-06", [month("2025-06", 4)], OWED, ("alive", "reported", "owner_reported")),
        ("2025-09-06", [month("2025-05", 4)], OWED, ("dormant", "inferred", "silent_periods")),
        # the rules are tried in order: a strike comes before silence
        ("2025-12-06", [see("2025-03-01", "closed_at_visit")], OWED, ("dormant", "verified", "one_strike")),
    ],
)  # fmt: skip
def test_silence(as_of, evidence, owed, answer):
    assert short(ask(as_of, *evidence, owed=owed)) == answer


GONE = see("2026-06-20", "gone")
DELISTED = change("delisted", "2026-07-01", reason_code="owner_withdrew")
AGAIN = change("active", "2026-08-01")


@pytest.mark.parametrize(
    ("as_of", "listing", "evidence", "answer"),
    [
        ("2026-07-01", [], [SEEN], ("not_started", None, "not_accepted")),
        ("2025-01-09", [ACCEPTED], [], ("not_started", None, "not_accepted")),
        ("2025-01-10", [ACCEPTED], [], ("unknown", None, "no_evidence")),
        ("2026-07-01", [change("proposed", "2026-01-01"), change("rejected", "2026-02-01")], [SEEN],
         ("not_started", None, "rejected")),
        ("2026-07-01", [ACCEPTED, DELISTED], [SEEN], ("dead", None, "delisted")),
        ("2026-06-30", [ACCEPTED, DELISTED], [SEEN], ("alive", "verified", "seen_open")),
        # a new life: neither what condemned nor what helped the old one counts
        ("2026-08-01", [ACCEPTED, DELISTED, AGAIN], [GONE], ("unknown", None, "no_evidence")),
        ("2026-08-01", [ACCEPTED, DELISTED, AGAIN], [SEEN], ("unknown", None, "no_evidence")),
        ("2026-08-01", [ACCEPTED, DELISTED, AGAIN], [GONE, see("2026-07-25")], ("alive", "verified", "seen_open")),
        ("2026-08-09", [ACCEPTED, DELISTED, AGAIN], [see("2026-08-09", "gone")], ("dead", "verified", "gone_seen")),
        # seen shut while proposed does not condemn
        ("2025-02-01", [ACCEPTED], [see("2025-01-05", "gone")], ("unknown", None, "no_evidence")),
        # frozen at the day of suspension, that day's evidence included
        ("2026-12-31", [ACCEPTED, change("suspended", "2026-06-20")], [SEEN], ("alive", "verified", "suspended")),
        ("2026-12-31", [ACCEPTED, change("suspended", "2026-06-20")], [SEEN, GONE], ("dead", "verified", "suspended")),
        ("2026-12-31", [ACCEPTED, change("suspended", "2026-06-19")], [SEEN, GONE], ("alive", "verified", "suspended")),
        ("2026-07-20", [ACCEPTED, change("suspended", "2026-06-10"), change("active", "2026-07-01")], [SEEN],
         ("alive", "verified", "seen_open")),
        ("2026-07-20", [ACCEPTED, change("suspended", "2026-06-10"), change("active", "2026-07-01")], [GONE],
         ("dead", "verified", "gone_seen")),
    ],
)  # fmt: skip
def test_the_listing_comes_first(as_of, listing, evidence, answer):
    assert short(ask(as_of, *evidence, listing=listing)) == answer
    assert short(ask(as_of, *evidence, listing=list(reversed(listing)))) == answer


def test_a_delisting_keeps_its_reason_and_a_suspension_what_it_froze():
    assert ask("2026-07-01", listing=[ACCEPTED, DELISTED]).detail == "owner_withdrew"
    frozen = ask("2026-12-31", SEEN, listing=[ACCEPTED, change("suspended", "2026-06-20", reason_code="repair")])
    assert (frozen.frozen_reason, frozen.detail, frozen.next_change_on) == ("seen_open", "repair", None)


def test_a_merged_station_follows_its_successor_and_is_counted_there():
    merged = [ACCEPTED, change("merged", "2026-06-10", successor="S-2")]
    alone = ask("2026-07-01", SEEN, listing=merged)
    assert (short(alone), alone.counted_at) == (("unknown", None, "merged"), "S-2")
    there: Verdict = ask("2026-07-01", see("2026-06-15", id="x"))
    follows = ask("2026-07-01", SEEN, listing=merged, successor_verdict=there)
    assert (short(follows), follows.counted_at) == (("alive", "verified", "merged"), "S-2")
    assert follows.evidence_ids == ("merged@2026-06-10", "x")
    assert follows.next_change_on == there.next_change_on == D(2026, 12, 13)


def test_the_next_change_is_the_day_the_answer_differs():
    assert ask("2026-07-01", SEEN).next_change_on == D(2026, 11, 29)
    assert ask("2026-09-10", month("2026-08", 5), owed=OWED).next_change_on == D(2026, 11, 6)
    assert ask("2025-02-01", owed=OWED).next_change_on == D(2025, 5, 6)
    assert ask("2025-05-06", owed=OWED).next_change_on == D(2025, 8, 6)
    assert ask("2025-08-06", owed=OWED).next_change_on is None
    assert ask("2026-06-15", SEEN, listing=[ACCEPTED, DELISTED]).next_change_on == D(2026, 7, 1)
    assert ask("2024-12-01").next_change_on == D(2025, 1, 10)
    # an older fresh visit running out beside a newer one changes nothing
    assert ask("2026-07-01", see("2026-05-01"), SEEN).next_change_on == D(2026, 11, 29)


def test_only_what_was_known_by_then_counts_and_a_withdrawn_visit_does_not():
    noon = dt.datetime(2026, 6, 10, 4, tzinfo=dt.UTC)
    gone = see("2026-06-05", "gone", recorded_at=noon, withdrawn_at=noon + dt.timedelta(days=3))
    early, mid, late = (noon + dt.timedelta(days=n) for n in (-1, 0, 3))
    assert [ask("2026-07-01", SEEN, gone, known_at=k).vitality for k in (early, mid, late, None)] == [
        "alive", "dead", "alive", "alive"]  # fmt: skip


def test_the_governing_evidence_is_named():
    facts = see("2026-06-02", id="new"), see("2026-06-01", id="old"), see("2026-06-09", kind="phone_callback")
    assert ask("2026-07-01", *facts).evidence_ids == ("new",)
    strikes = [see(f"2026-06-{d}", "closed_at_visit", id=f"s{d}") for d in (10, 12, 20)]
    assert ask("2026-07-01", *strikes).evidence_ids == ("s10", "s20")
    assert ask("2026-05-06", *NILS).evidence_ids == (
        "owner_report@2026-04", "owner_report@2026-03", "owner_report@2026-02")  # fmt: skip


def test_every_threshold_is_policy():
    policy = AlivePolicy(site_visit_days=5, strike_gap_days=2, dormant_periods=1, closing_day=10)
    assert ask("2026-06-07", SEEN, policy=policy).vitality == "unknown"
    shut = see("2026-06-10", "closed_at_visit"), see("2026-06-12", "closed_at_visit")
    assert ask("2026-06-12", *shut, policy=policy).vitality == "dead"
    assert ask("2025-03-09", owed=OWED, policy=policy).vitality == "unknown"
    assert ask("2025-03-10", owed=OWED, policy=policy).vitality == "dormant"
