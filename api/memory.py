"""What a process gives back to the machine when it is done with a photo."""

from __future__ import annotations

import ctypes

# From malloc.h: the size from which a block is a mapping of its own, gone when it is freed.
_M_MMAP_THRESHOLD = -3
_OWN_MAPPING_FROM = 1024 * 1024


def give_back_large_blocks() -> bool:
    """Make freed blocks of a megabyte and more go back to the machine at once; False where the C library cannot.

    Left alone, glibc raises that size after the first large photo, and then each thread keeps the memory of its largest
    one for good: measured 26 MB a thread after 20 MB bodies, and nothing once the size is fixed.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _OWN_MAPPING_FROM))
    except (AttributeError, OSError):
        return False
