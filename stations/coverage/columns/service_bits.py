"""Services as bits, from the lowest in the order of the closed list, so that «has all of these» is one comparison."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from field_app_schema.vocab import Service

SERVICE_BITS: tuple[str, ...] = tuple(service.value for service in Service)
_BIT: dict[str, int] = {name: 1 << at for at, name in enumerate(SERVICE_BITS)}


def bits_of(services: Iterable[str] | None) -> int:
    """Give the bits of services; a word outside the list, from an older ledger, is no service of ours."""
    bits = 0
    for service in services or ():
        bits |= _BIT.get(service, 0)
    return bits


@lru_cache(maxsize=1024)
def bits_of_text(told: str | None) -> int:
    """Give the bits of a list of services as the database keeps it: a province has a few dozen different lists."""
    return bits_of(json.loads(told)) if told else 0


def services_of(bits: int) -> list[str]:
    """Give the services that bits stand for, in the list's order."""
    return [name for name, bit in _BIT.items() if bits & bit]
