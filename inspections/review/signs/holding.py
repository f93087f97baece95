"""The sign of a visit as it is held now: a reviewer's word, else what its inspector answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import PhotoPurpose
from inspections.review.tables import SignFinding
from inspections.signage.binding import signage_rules_for
from inspections.signage.rules import SignRule, verdicts
from inspections.visits.tables import Inspection, Photo
from stations.records.days import day_in_china
from stations.records.tables import Station

INSPECTOR, REVIEWER = "inspector", "reviewer"


@dataclass(frozen=True)
class Sign:
    """What somebody holds a sign to be; `channel_levels` None: nobody looked for a report channel."""

    sign_class: str
    wording: str | None = None
    position: str | None = None
    channel_levels: list[str] | None = None


def binding_rules(session: Session, visit: Inspection) -> list[SignRule]:
    """Give the rules on signs that bound the visit's station on the day of the visit."""
    station = session.get_one(Station, visit.station_id)
    return list(signage_rules_for(session, station, day_in_china(visit.captured_at)))


def held_sign(session: Session, visit_id: str) -> SignFinding | None:
    """Give the newest row of the sign, or None where no person's word became a row yet; `sign_now` weighs it."""
    mine = (SignFinding.inspection_id == visit_id, SignFinding.superseded_at.is_(None))
    return session.scalars(select(SignFinding).where(*mine).order_by(SignFinding.id.desc())).first()


def answered_sign(visit: Inspection) -> Sign | None:
    """Give the sign as the visit's answers tell it; None where the question was left open or not asked."""
    given = visit.answers.get("sign_wording")
    return None if given is None else Sign(given, visit.answers.get("other_wording"))


def judged(sign: Sign, rules: list[SignRule]) -> list[dict[str, Any]]:
    """Give what each rule says of a sign."""
    return [dict(one) for one in verdicts(sign.sign_class, sign.wording, sign.channel_levels, rules)]


def sign_now(visit: Inspection, held: SignFinding | None) -> Sign | None:
    """Give the sign as it is held now: a reviewer's word stands, else the visit's answers as they are now."""
    return _of_row(held) if held is not None and held.source == REVIEWER else answered_sign(visit)


def says_so(held: SignFinding | None, sign: Sign | None) -> bool:
    """Tell whether the row says what is held now; an inspector's does not any more once the answers were set right."""
    if held is None or sign is None:
        return False
    return (held.sign_class, held.wording) == (sign.sign_class, sign.wording)


def hold_sign(session: Session, visit: Inspection, *, now: dt.datetime) -> SignFinding | None:
    """Write down the sign that is held now with what the rules say of it now, unless a row says just that."""
    held = held_sign(session, visit.id)
    sign = sign_now(visit, held)
    if sign is None:
        supersede(held, now)
        return None
    if held is None or not says_so(held, sign):
        return write_sign(session, visit, sign, INSPECTOR, by=visit.account_id, photo=sign_photo(session, visit.id),
                          now=now)  # fmt: skip
    if held.verdicts == judged(_of_row(held), binding_rules(session, visit)):
        return held
    # The rules that bind were loaded or changed since; who held the sign to be that, and when, stays.
    again = write_sign(session, visit, _of_row(held), held.source, by=held.decided_by, photo=held.photo_sha256,
                       now=now)  # fmt: skip
    again.decided_at = held.decided_at
    return again


def _of_row(row: SignFinding) -> Sign:
    return Sign(row.sign_class, row.wording, row.position, row.channel_levels)


def write_sign(
    session: Session, visit: Inspection, sign: Sign, source: str, *, by: int | None, photo: str | None, now: dt.datetime
) -> SignFinding:
    """Append a sign in the place of the one that was held; the older row stays, superseded."""
    supersede(held_sign(session, visit.id), now)
    row = SignFinding(
        inspection_id=visit.id, station_id=visit.station_id, sign_class=sign.sign_class, wording=sign.wording,
        position=sign.position, channel_levels=sign.channel_levels, photo_sha256=photo, source=source,
        verdicts=judged(sign, binding_rules(session, visit)), decided_by=by, decided_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def sign_photo(session: Session, visit_id: str) -> str | None:
    """Give the SHA-256 of the visit's first photo of the sign."""
    wanted = (Photo.inspection_id == visit_id, Photo.purpose == PhotoPurpose.SIGN.value)
    return session.scalars(select(Photo.sha256).where(*wanted).order_by(Photo.position)).first()


def supersede(held: SignFinding | None, now: dt.datetime) -> None:
    """Let a sign no longer be held."""
    if held is not None:
        held.superseded_at = now
