"""One Playwright for all tests of a process: its synchronous face cannot be started twice in one thread."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE_MS = 20_000
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once; whoever needs a browser launches it from here."""
    # A busy machine is no fault of what is tested.
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started
