"""What speaks for a station and what against it on a day, and which of the negatives nothing has answered since."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from field_app_schema.vocab import Confidence, EvidenceKind
from stations.vitality.dating import Dated, is_after
from stations.vitality.known import Known
from stations.vitality.life import Life
from stations.vitality.voice import CONDEMNING, DECISIVE, STRIKES


class Sides(NamedTuple):
    """The facts of the present life that count by a day, oldest first: signs of life, and visits that found none."""

    positives: list[Dated]
    negatives: list[Dated]

    @property
    def verified(self) -> list[Dated]:
        """Give the signs of life that nobody merely told."""
        return [d for d in self.positives if d.voice is not Confidence.REPORTED]


def sides_on(known: Known, life: Life, as_of: dt.date) -> Sides:
    """Sort what counts by a day into signs of life and condemning site visits, each of this life only."""
    positives: list[Dated] = []
    negatives: list[Dated] = []
    for d in known.dated:
        if d.counts_from > as_of:
            continue
        if d.voice:
            if life.helps(d.first.on):
                positives.append(d)
        elif (
            d.fact.kind is EvidenceKind.SITE_VISIT and d.fact.observed_state in CONDEMNING and life.condemns(d.first.on)
        ):
            negatives.append(d)
    return Sides(positives, negatives)


def decisive_standing(sides: Sides) -> list[Dated]:
    """Give the visits that found it gone, certainly after every verified sign of life (rule 2)."""
    decisive = [n for n in sides.negatives if n.fact.observed_state in DECISIVE]
    verified = sides.verified if decisive else []
    return [n for n in decisive if all(is_after(n.first, p.first) for p in verified)]


def strikes_standing(sides: Sides) -> list[Dated]:
    """Give the closed doors certainly after every sign of life, also a reported one (rule 3)."""
    strikes = [n for n in sides.negatives if n.fact.observed_state in STRIKES]
    return [n for n in strikes if all(is_after(n.first, p.last) for p in sides.positives)]
