"""What was asked of coverage, for pictures and files: the same question as the JSON doors'."""

from __future__ import annotations

from typing import Any

from stations.coverage.asking import CoverageQuestion


def asked_coverage(asked: dict[str, Any]) -> CoverageQuestion:
    """Give the question out of checked parameters; they are used up."""
    services = asked.pop("services", None)
    return CoverageQuestion(**asked, services=None if services is None else tuple(services))
