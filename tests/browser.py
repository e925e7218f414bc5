"""The system's own Chromium, started so that it asks nothing of the outside world."""

from __future__ import annotations

import shutil

import pytest

QUIETLY = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path() -> str:
    """Where Chromium is. `make journey` installs it where it may."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.fail("The browser tests need Chromium; make journey says how to install it.")
