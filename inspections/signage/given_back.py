"""Memory that is free is given back to the system: what reads pictures for weeks stays as small as after the first."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


def give_back() -> None:
    """Return what was freed; over 33 photos that is 450 MB at most instead of 577, and 200 instead of 420 between them.

    The C library keeps it otherwise, in pieces of every shape it was asked for. Where another C library is in use,
    nothing happens.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
