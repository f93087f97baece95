"""A full outbox: 500 visits with 1,000 photos wait; how the list opens, what memory it takes, and that all of it goes."""

from __future__ import annotations


def run() -> None:
    raise NotImplementedError
