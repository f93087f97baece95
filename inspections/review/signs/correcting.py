"""A reviewer says what the sign is, whatever the inspector or the machine took it for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from field_app_schema.vocab_evidence import DecisionKind
from inspections.review.deciding import Act, Decision, look_again, note_decision, push, take_up
from inspections.review.signs.holding import REVIEWER, Sign, held_sign, sign_now, sign_photo, write_sign
from inspections.signage.rules import contradicts
from inspections.visits.states import steps_to_look
from inspections.visits.tables import Inspection, Photo
from stations.people.audit import note_act


def correct_sign(session: Session, act: Act, visit_id: str, sign: Sign, photo: str | None, why: str) -> Inspection:
    """Hold the sign of a visit to be `sign`, seen on `photo`; a new version, and an approval is taken back by it.

    Refuses with INSPECTION_UNKNOWN, OWN_VISIT, CONFLICT_VERSION, VISIT_STATE (photos awaited, or returned), BAD_INPUT
    for a photo that the visit does not have and for words that are not those of the class.
    """
    visit = take_up(session, act, visit_id)
    before = sign_now(visit, held_sign(session, visit.id))
    was = before.sign_class if before else None
    steps = steps_to_look(InspectionState(visit.state))
    _check_photo(session, visit, photo)
    _check_words(sign)
    if visit.state == InspectionState.APPROVED:
        look_again(session, act, visit, why)
    push(session, act, visit, steps, "sign_corrected")
    visit.version += 1
    seen_on = photo or sign_photo(session, visit.id)
    write_sign(session, visit, sign, REVIEWER, by=act.reviewer.account_id, photo=seen_on, now=act.now)
    details = {"from": was, "to": sign.sign_class, "wording": sign.wording, "channel_levels": sign.channel_levels}
    note_decision(session, act, visit, Decision(DecisionKind.SIGN_CORRECTED, why, details))
    note_act(session, act.reviewer, "visit.sign", "inspection", visit.id, now=act.now, reason=why,
             before={"sign_class": was}, after={"sign_class": sign.sign_class, "version": visit.version})  # fmt: skip
    session.flush()
    return visit


def _check_photo(session: Session, visit: Inspection, photo: str | None) -> None:
    if photo is None:
        return
    named = select(Photo.id).where(Photo.inspection_id == visit.id, Photo.sha256 == photo)
    if session.scalars(named).first() is None:
        raise Refusal("BAD_INPUT", errors={"photo": ["这次检查没有这张照片 / the visit has no such photo"]})


def _check_words(sign: Sign) -> None:
    if contradicts(sign.sign_class, sign.wording):
        said = "写的字与所选类别不符,请改其一 / these words are not those of the class: change one of them"
        raise Refusal("BAD_INPUT", errors={"wording": [said]})
