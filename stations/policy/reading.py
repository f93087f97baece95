"""Read the policy rules: which hold where, when and for which batch; and the grades that their bands give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.policy.tables import Evaluation, PolicyRule
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class GradeBand:
    """One grade: scores from `min_score` (included) up to `max_score` (excluded); None is without end."""

    grade: str
    min_score: Decimal | None
    max_score: Decimal | None

    def holds(self, score: Decimal) -> bool:
        """Say whether the score lies in this band."""
        return (self.min_score is None or self.min_score <= score) and (
            self.max_score is None or score < self.max_score
        )


@dataclass(frozen=True)
class RulePage:
    """Some of the rules that were asked for, and how many there are."""

    rules: list[PolicyRule]
    total: int


def rules(
    session: Session,
    *,
    kind: str | None = None,
    province_code: str | None = None,
    on: dt.date | None = None,
    batch_year: int | None = None,
) -> list[PolicyRule]:
    """Give the rules by kind and code; a filter left out filters nothing.

    A province has its own rules and the national ones. A rule holds from `effective_from` to `effective_to`, both days
    included, and for every batch when it names none.
    """
    asked = select(PolicyRule).order_by(PolicyRule.kind, PolicyRule.code)
    if kind is not None:
        asked = asked.where(PolicyRule.kind == kind)
    if province_code is not None:
        asked = asked.where(or_(PolicyRule.province_code.is_(None), PolicyRule.province_code == province_code))
    if on is not None:
        asked = asked.where(or_(PolicyRule.effective_from.is_(None), PolicyRule.effective_from <= on))
        asked = asked.where(or_(PolicyRule.effective_to.is_(None), PolicyRule.effective_to >= on))
    found = session.scalars(asked)
    # Lists inside JSON are searched differently on the two databases; there are some dozens of rules.
    return [rule for rule in found if batch_year is None or not rule.batch_years or batch_year in rule.batch_years]


def page_of_rules(
    session: Session,
    *,
    offset: int,
    limit: int,
    kind: str | None = None,
    province: str | None = None,
    on: dt.date | None = None,
    batch_year: int | None = None,
) -> RulePage:
    """Give one page of `rules`; refuses with UNIT_UNKNOWN when `province` is not the code of a province."""
    if province is not None and _level(session, province) != "province":
        raise Refusal("UNIT_UNKNOWN", errors={"province": ["没有这个省级代码 / no such province code"]}, unit=province)
    found = rules(session, kind=kind, province_code=province, on=on, batch_year=batch_year)
    return RulePage(found[offset : offset + limit], len(found))


def grade_bands(session: Session, *, batch_year: int | None = None) -> list[GradeBand]:
    """Give the bands of the rules of kind `grade_band`; those of 2015 and 2016 are 85, 70 and 60."""
    return [
        GradeBand(told["grade"], _score(told["min_score"]), _score(told["max_score"]))
        for told in (rule.parameters for rule in rules(session, kind="grade_band", batch_year=batch_year))
    ]


def grade_of(score: Decimal, bands: Sequence[GradeBand]) -> str:
    """Give the grade whose band holds the score, which may exceed 100; raises ValueError when none or several do."""
    grades = [band.grade for band in bands if band.holds(score)]
    if len(grades) != 1:
        raise ValueError(f"{len(grades)} bands hold the score {score}")
    return grades[0]


def excellence_share(evaluations: Iterable[Evaluation]) -> Fraction:
    """Give the share of excellent counties; the provincial department is no county.

    湘商建〔2018〕16号: 2015 «优秀率为37.5%» is 3 of 8, 2016 «优秀率为71.4%» is 5 of 7.
    Raises ZeroDivisionError when no county was evaluated.
    """
    grades = [one.grade for one in evaluations if one.unit_type == "county"]
    return Fraction(grades.count("excellent"), len(grades))


def _level(session: Session, code: str) -> str | None:
    return session.scalar(select(OrgUnit.level).where(OrgUnit.code == code))


def _score(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)
