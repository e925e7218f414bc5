"""The whole way in a real browser: a file is dropped, one command is run, and the page says something new."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import QUIETLY, browser_path

pytestmark = pytest.mark.journey

ROLE = "Staff%20who%20handle%20enquiries"  # the address keeps the words of the switch
ENQUIRY = """\
Reference,Person,Received,Source,Event,Organisation,Wants (coach / be_coached / host / membership / hear_more),\
Message,Assigned to,Status,Closed on
I-9001,journey.sample@example.org,{day},website,,,hear_more,,,new,
"""


@pytest.fixture
def address(demo_home: Path) -> Iterator[str]:
    """The demo's dashboard, served as `voices serve` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = demo_home / "serve.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "etl.cli", "serve", "--home", str(demo_home), "--port", str(port)],
            stdout=out,
            stderr=out,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        _until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIETLY)
        opened = browser.new_page(viewport={"width": 1440, "height": 1200})
        opened.set_default_timeout(60_000)
        yield opened
        browser.close()


def _until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Retry a refused connection; the system's own back-off paces the tries."""
    for _ in range(600):
        if server.poll() is not None:
            pytest.fail(log.read_text(encoding="utf-8", errors="replace"))
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            try:
                server.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
    pytest.fail("The dashboard did not answer within a minute.")


def _settled(page: Page) -> None:
    expect(page.locator("[data-testid='stApp'][data-test-script-state='notRunning']")).to_be_visible()


def _waiting(page: Page) -> int:
    """How many people wait for a first answer, as the page's own sentence says."""
    sentence = page.locator(".st-key-answer-waiting").inner_text()
    found = re.match(r"(\d+)", sentence)
    assert found, sentence
    return int(found.group(1))


def test_a_dropped_file_changes_the_figure_on_the_page(address: str, page: Page, demo_home: Path) -> None:
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(f"{address}/eoi?as={ROLE}")
    _settled(page)
    before = _waiting(page)

    day = "30/09/2026"
    (demo_home / "inbox" / "enquiry.csv").write_text(ENQUIRY.format(day=day), encoding="utf-8")
    loaded = subprocess.run(
        [sys.executable, "-m", "etl.cli", "load", "--home", str(demo_home), "--quiet"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    page.reload()
    _settled(page)

    assert _waiting(page) == before + 1
    assert {url for url in asked_for if not url.startswith((address, "data:", "blob:"))} == set()


def test_opening_one_row_shows_the_name_and_writes_that_down(address: str, page: Page, demo_home: Path) -> None:
    page.goto(f"{address}/eoi?as={ROLE}")
    _settled(page)
    log = demo_home / "logs" / "access.jsonl"
    assert "reveal_name" not in log.read_text(encoding="utf-8")

    page.get_by_role("button", name=re.compile("^Open ")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    _settled(page)

    assert "reveal_name" in log.read_text(encoding="utf-8")
    assert "@" not in log.read_text(encoding="utf-8")
