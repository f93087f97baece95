"""The whole report of coverage from the CSV files of a folder: the same figures by the same functions as the doors'."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from field_app_schema.vocab_network import ConfidenceFloor, Distance
from stations.coverage.columns.service_bits import services_of
from stations.coverage.files.cells import Problems
from stations.coverage.files.columns import COLUMNS, ROADS
from stations.coverage.files.reading import FromFiles, all_lines, read_situation
from stations.coverage.files.roads import measure_of
from stations.coverage.framing import note, placed_share, unsure_share, whys
from stations.coverage.outcome import Figures, computed
from stations.coverage.rules_in_force import rules_in_force
from stations.coverage.studies.answering import SitingWish, answer
from stations.coverage.telling.alignment import told_alignment
from stations.coverage.telling.coverage import told_coverage
from stations.coverage.telling.delivery import rows_by_days, told_delivery, told_village_days
from stations.coverage.telling.villages import told_villages


@dataclass(frozen=True)
class FilesQuestion:
    """What is asked of a folder: the day in China, how far is measured, which services, and how many sites next."""

    as_of: dt.date
    distance: str = Distance.GREAT_CIRCLE
    services: tuple[str, ...] | None = None
    confidence: str = ConfidenceFloor.ANY
    next_sites: int = 10


def report_from(files: Mapping[str, bytes], question: FilesQuestion) -> dict[str, Any]:
    """Give coverage, villages, alignment, delivery and siting of the files (name -> bytes) as plain values for JSON.

    Thresholds are the shipped ones. Refuses COVERAGE_INPUT naming every mistake by file, line and column, and BAD_INPUT
    for services outside the list.
    """
    problems = Problems()
    force = rules_in_force(None, services=question.services, confidence=question.confidence)
    lines = all_lines(files, problems)
    measure, roads = measure_of(question.distance, lines[ROADS], problems)
    situation, villages, stations, nodes = read_situation(lines, question.as_of, force.policy, problems)
    basis = FromFiles(situation, force.rules, force.policy, measure, villages, stations, nodes)
    figures = computed(basis)
    return {
        "frame": _frame(basis, question) | {
            "files": {name: {"lines": len(lines[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
                      for name in COLUMNS if name in files},
            "roads": roads,
        },
        "coverage": told_coverage(basis, figures, _units(situation.villages.county, situation.villages.township), {}),
        "villages": told_villages(basis, figures, range(len(villages))),
        "alignment": told_alignment(basis, figures),
        "delivery": _delivery(basis, figures),
        "siting": answer(basis, SitingWish(
            k=question.next_sites, exact=False, radius=force.rules.geographic(measure.unit),
            poor_weight=force.rules.poor_weight,
        )),
    }  # fmt: skip


def _frame(basis: FromFiles, question: FilesQuestion) -> dict[str, Any]:
    rules = basis.rules
    return {
        "as_of": question.as_of.isoformat(),
        "distance": str(question.distance),
        "confidence": str(question.confidence),
        "services": {"all_of": services_of(rules.required_all), "any_of": services_of(rules.required_any)},
        "unknown_share": unsure_share(basis.situation),
        "placed_share": placed_share(basis.situation),
        "rules": asdict(rules),
        "policy": asdict(basis.policy),
        "notes": [note(code) for code in whys(basis.situation)],
    }


def _units(counties: Sequence[str], townships: Sequence[str]) -> Sequence[str]:
    """Give the units by which villages are rolled up: counties, of a single county its townships."""
    return counties if len(set(counties)) > 1 else townships


def _delivery(basis: FromFiles, figures: Figures) -> dict[str, Any]:
    rows = rows_by_days(figures).tolist()
    return told_delivery(basis, figures) | {"villages": told_village_days(basis, figures, rows)}
