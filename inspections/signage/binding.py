"""Which rules bind a station's sign: by document, province, batch of the county, and day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.signage.rules import SignRule
from stations.policy.reading import rules
from stations.policy.tables import CountyProgramme, PolicyRule
from stations.records.tables import Station

KIND = "signage_wording"
# What the finding on a sign says where the notices ask for none (domain model F6).
NOT_REQUIRED = "not_required"

Why = Literal["bound", "bound_subsidy_unknown", "not_subsidised", "no_programme", "batch_unknown", "no_document"]


@dataclass(frozen=True)
class SignDuty:
    """What a station's sign must show, and why: nothing asked because we know it, or because we do not know enough.

    `bound_subsidy_unknown`: nobody recorded whether the station was subsidised; it is held to the rules all the same.
    `batch_unknown`: the county's notice does not say its year, so no rule of a year is known to bind it.
    """

    rules: list[SignRule]
    why: Why


def signage_rules_for(session: Session, station: Station, on: dt.date) -> list[SignRule]:
    """Give the rules of every document that binds the station's sign on a day, by code; none where none is known to."""
    return sign_duty(session, station, on).rules


def sign_duty(session: Session, station: Station, on: dt.date) -> SignDuty:
    """Give the rules with the reason; the notices speak of projects paid from central funds (财办建〔2020〕48号)."""
    if station.is_subsidised is False:
        return SignDuty([], "not_subsidised")
    units = [code for code in station.unit_path.split("/") if code]
    batches = list(session.scalars(select(CountyProgramme.batch_year).where(CountyProgramme.county_code.in_(units))))
    if not batches:
        return SignDuty([], "no_programme")
    years = {year for year in batches if year is not None}
    bound = [
        _plain(rule)
        for rule in rules(session, kind=KIND, on=on)
        if (rule.province_code is None or rule.province_code in units)
        and (not rule.batch_years or years & set(rule.batch_years))
    ]
    if not bound:
        return SignDuty([], "no_document" if years else "batch_unknown")
    return SignDuty(bound, "bound" if station.is_subsidised else "bound_subsidy_unknown")


def class_under(sign_class: str | None, duty: SignDuty) -> str | None:
    """Give `not_required` for a sign that is absent where none is asked for, else the class as it is."""
    return NOT_REQUIRED if sign_class == "absent" and duty.why == "not_subsidised" else sign_class


def _plain(rule: PolicyRule) -> SignRule:
    told = rule.parameters
    return SignRule(
        code=rule.code, document=rule.source_doc, wording=told["wording"],
        must_show_report_channel=bool(told.get("must_show_report_channel")),
        channel_levels=tuple(told.get("report_channel_levels") or ()),
    )  # fmt: skip
