"""Compute the outcome of one situation: stages, reasons, alignment, chains and delivery, all by pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from geo.coverage.gaps import has_logistics, reasons
from geo.coverage.rules import alive_stations
from geo.coverage.situation import Ints
from geo.coverage.stages import Stages, stages_of
from geo.delivery.days import Delivery, DeliveryRules, delivery_days, promised_of
from geo.pairing.alignment import AlignmentRules, LevelAlignment, align
from geo.pairing.chain import Chains, chains
from stations.coverage.basis import Basis
from stations.coverage.fetching import Fetched
from stations.coverage.rules_in_force import CoveragePolicy


@dataclass(frozen=True)
class Figures:
    """What the columns of a situation come to; rows are those of its villages unless said.

    `reasons` number `geo.coverage.gaps.REASONS`, -1 where the village lacks nothing. `alignment` has one entry a
    level: county, township, village. A village is late when it is judged and its P90 is longer than the limit.
    """

    stages: Stages
    reasons: Ints
    alignment: tuple[LevelAlignment, ...]
    chains: Chains
    delivery: Delivery


@dataclass(frozen=True)
class Outcome:
    """A question's columns with what they come to."""

    fetched: Fetched
    figures: Figures

    @property
    def stages(self) -> Stages:
        """Give the stages of every village."""
        return self.figures.stages

    @property
    def reasons(self) -> Ints:
        """Give the number of every village's reason, -1 where it lacks nothing."""
        return self.figures.reasons


def outcome_of(fetched: Fetched) -> Outcome:
    """Give the outcome of what was fetched."""
    return Outcome(fetched, computed(fetched))


def computed(basis: Basis) -> Figures:
    """Compute every part from plain columns; the register and files of anybody come here alike."""
    situation, rules, policy = basis.situation, basis.rules, basis.policy
    stages = stages_of(situation, rules, basis.measure)
    delivery = delivery_days(
        situation.traces, len(situation.villages.code), situation.as_of_day, is_remote=situation.villages.is_remote,
        promised_days=promised_of(situation),
        rules=DeliveryRules(rules.on_time_days, rules.parcels_at_least, policy.delivery_window_days),
    )  # fmt: skip
    return Figures(
        stages,
        reasons(situation, stages, rules, delivery.villages.late, has_logistics(situation)),
        align(situation, alive_stations(situation.stations, rules), alignment_rules(policy)),
        chains(situation),
        delivery,
    )


def alignment_rules(policy: CoveragePolicy) -> AlignmentRules:
    """Give the limits of alignment as the pure rule takes them."""
    return AlignmentRules(
        match_m=policy.match_m, orphan_m=policy.orphan_m, loose_m=policy.loose_m, colocated_m=policy.colocated_m,
        green=policy.green, amber=policy.amber,
    )  # fmt: skip
