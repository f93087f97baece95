"""What figures of coverage rest on, wherever it came from: columns, rules, a measure and what the rows are called."""

from __future__ import annotations

from typing import Protocol

from geo.coverage.rules import CoverageRules
from geo.coverage.situation import Situation
from geo.measure import Measure
from stations.coverage.rules_in_force import CoveragePolicy


class Basis(Protocol):
    """The register's `Fetched` and the files of anybody (`files.reading.FromFiles`) are both one.

    Names stand in the order of the situation's rows.
    """

    @property
    def situation(self) -> Situation:
        """Give the columns."""
        ...

    @property
    def rules(self) -> CoverageRules:
        """Give the rules of the question."""
        ...

    @property
    def policy(self) -> CoveragePolicy:
        """Give the rest of the policy."""
        ...

    @property
    def measure(self) -> Measure:
        """Give how far is measured."""
        ...

    @property
    def village_names(self) -> tuple[str, ...]:
        """Give the villages' names."""
        ...

    @property
    def station_names(self) -> tuple[str, ...]:
        """Give the stations' names."""
        ...

    @property
    def node_names(self) -> tuple[str, ...]:
        """Give the nodes' names."""
        ...
