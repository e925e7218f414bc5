"""The server: this computer only without a login, and pages that can load nothing from elsewhere."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from dashboard.serve import CannotServe, Guarded, is_loopback, serve
from tests.conftest import PROJECT
from tests.dashboard.specimen import SpecimenDoor

EVERY_ADDRESS = ".".join("0000")
PROGRAM = """
import sys
from pathlib import Path
from dashboard.serve import serve
from tests.dashboard.specimen import SpecimenDoor
sys.exit(serve(Path(sys.argv[1]), int(sys.argv[2]), SpecimenDoor(), say=lambda said: print(said, flush=True)))
"""


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_loopback_addresses_reach_this_computer_only(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", [EVERY_ADDRESS, "192.168.1.4", "::", "example.org", ""])
def test_other_addresses_do_not(address: str) -> None:
    assert not is_loopback(address)


def test_another_address_is_refused_without_a_login(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="for this computer only"):
        serve(tmp_path, 8501, SpecimenDoor(), address="192.168.1.4")


@pytest.mark.parametrize(("text", "problem"), [("[auth", "cannot be read"), ("[other]\n", "no \\[auth\\] section")])
def test_a_login_that_nobody_could_use_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "login.toml").write_text(text, encoding="utf-8")

    with pytest.raises(CannotServe, match=problem):
        serve(tmp_path, 8501, SpecimenDoor())


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CannotServe, match=f"Port {port} .* Choose another with --port"):
            serve(tmp_path, port, SpecimenDoor())


def _asked(path: str) -> tuple[int, dict[str, str]]:
    """One request through the guard to an app that answers 200."""
    sent: list[MutableMapping[str, Any]] = []

    async def app(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-of-the-app", b"1")]})
        await send({"type": "http.response.body", "body": b"ok"})

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request"}

    asyncio.run(Guarded(app)({"type": "http", "path": path}, receive, send))
    return sent[0]["status"], {name.decode(): text.decode() for name, text in sent[0]["headers"]}


def test_every_answer_forbids_loading_anything_from_elsewhere() -> None:
    status, headers = _asked("/reach")

    policy = headers["content-security-policy"]
    assert status == 200
    assert headers["x-of-the-app"] == "1"
    assert "default-src 'self'" in policy
    assert "'unsafe-eval'" not in policy
    assert not re.search(r"https?:|\*", policy)


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/"])
def test_the_servers_own_counts_are_not_given_out(path: str) -> None:
    assert _asked(path)[0] == 404


def test_the_server_starts_answers_on_this_computer_and_stops_at_ctrl_c(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(port)],
        cwd=PROJECT,
        env={**os.environ, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert program.stdout is not None
    try:
        for line in program.stdout:
            if "URL:" in line:
                break
        page = urlopen(f"http://127.0.0.1:{port}/").read().decode()
        font = f"http://127.0.0.1:{port}/app/static/fonts/public-sans-latin-wght-normal.woff2"
        assert '<div id="root">' in page
        assert urlopen(font).status == 200
        with pytest.raises(OSError, match="400"):
            urlopen(Request(f"http://127.0.0.1:{port}/", headers={"Host": "example.org"}))
    finally:
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=30)
    assert program.returncode == 0
