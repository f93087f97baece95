"""For the access test: an owner's own months, which only an owner has."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import HIDDEN, Sample

# A county may file for its owners, but has no months of its own.
SAMPLES: dict[str, Sample] = {"phone.my_months": Sample(foreign=HIDDEN, also=(403,))}


def make(_session: Session, _things: dict[str, Any]) -> dict[str, Any]:
    """Make nothing: the months are those of the filing samples."""
    return {}
