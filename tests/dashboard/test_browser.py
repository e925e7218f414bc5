"""In a real browser: nothing from elsewhere, the narrowest phone, both appearances, the keyboard."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import QUIETLY, browser_path
from tests.conftest import PROJECT

pytestmark = pytest.mark.journey

PROGRAM = """
import sys
from pathlib import Path
from dashboard.serve import serve
from tests.dashboard.specimen import SpecimenDoor
serve(Path(sys.argv[1]), int(sys.argv[2]), SpecimenDoor(), invented=True)
"""
PAGES = ("", "reach", "missing", "events", "support", "money", "about")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running dashboard of the specimen programme."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home), str(port)],
        cwd=PROJECT,
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert program.stdout is not None
    for line in program.stdout:
        if "URL:" in line:
            break
    yield f"http://localhost:{port}"
    program.send_signal(signal.SIGINT)
    program.communicate(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, as it is installed on the machine."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser_path(), args=QUIETLY)
        yield found
        found.close()


def _open(
    browser: Browser, address: str, path: str, *, width: int = 1440, scheme: str = "light"
) -> tuple[Page, list[str]]:
    """The page once it stands still, and every address it asked for that is not ours."""
    page = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    ).new_page()
    elsewhere: list[str] = []
    ours = (address, address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(ours) else elsewhere.append(request.url))
    page.goto(f"{address}/{path}")
    page.wait_for_selector("[data-testid='stApp'][data-test-connection-state='CONNECTED']")
    page.wait_for_selector("h1")
    page.wait_for_selector("[data-test-script-state='notRunning']")
    page.wait_for_selector(".st-key-foot a")
    return page, elsewhere


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_anything_of_another_server_and_none_scrolls_sideways(
    browser: Browser, address: str, path: str
) -> None:
    page, elsewhere = _open(browser, address, path, width=320)

    assert elsewhere == []
    wide = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollWidth - e.clientWidth)"
    )
    assert wide == [0]


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(23, 35, 43)"), ("dark", "rgb(236, 240, 241)")])
def test_text_in_a_chart_is_ink_in_both_appearances(browser: Browser, address: str, scheme: str, ink: str) -> None:
    page, _ = _open(browser, address, "support", scheme=scheme)

    # The chart is drawn again once the appearance is known, so its text is asked for until it stands.
    page.wait_for_function(
        """ink => [...document.querySelectorAll('.stPlotlyChart .annotation-text')]
            .some(text => getComputedStyle(text).fill === ink)""",
        arg=ink,
    )
    page.wait_for_function("getComputedStyle(document.querySelector('h1')).fontFamily.includes('Public Sans')")


def test_an_enquiry_is_opened_and_closed_from_the_keyboard(browser: Browser, address: str) -> None:
    page, _ = _open(browser, address, "eoi?as=Staff+who+handle+enquiries")

    page.get_by_role("button", name="Open I-0002").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[role='dialog'] >> text=Alex Sample")
    page.keyboard.press("Escape")
    page.wait_for_selector("[role='dialog']", state="detached")

    page.wait_for_function("document.activeElement.textContent === 'Open I-0002'")


def test_the_switch_of_role_is_kept_in_the_address(browser: Browser, address: str) -> None:
    page, _ = _open(browser, address, "data?as=Data+steward")

    assert page.inner_text("h1") == "Data health"
    assert page.get_by_role("link", name="Who is missing").count() == 0
