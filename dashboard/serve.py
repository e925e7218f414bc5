"""Starts the dashboard's server: on this computer only, unless people sign in."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import socket
import sys
import tomllib
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dashboard import doorway

APP = Path(__file__).parent / "app.py"
LOOPBACK = "127.0.0.1"
ACCESS = "access.toml"
LOGIN = "login.toml"

_Message = MutableMapping[str, Any]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, Callable[[], Awaitable[_Message]], _Send], Awaitable[None]]


class CannotServe(Exception):
    """The server was not started; the sentence says why and what to do."""


def serve(
    home: Path,
    port: int,
    door: doorway.DoorOut,
    *,
    address: str = LOOPBACK,
    programme: str = "Voices for Improvement",
    invented: bool = False,
    say: Callable[[str], object] = print,
) -> int:
    """Serve the dashboard of this home until Ctrl-C; returns the exit code, 0.

    door: the release door, already open on the home's store. invented: every page says that the people are
    made up. With `login.toml` in the home (Streamlit's [auth] settings) people sign in and their roles come
    from `access.toml`; without it the server listens on the loopback address only, with a labelled switch of
    role. Raises CannotServe for any other address without a login, and for a port in use.
    """
    login = _login(home / LOGIN)
    if not login and not is_loopback(address):
        raise CannotServe(
            f"Without a login the dashboard is for this computer only, not for the address {address}. "
            f"Leave the address out, or set up {LOGIN} in {home}."
        )
    _must_be_free(address, port)
    doorway.lend(doorway.Serving(door, home / ACCESS, view_as=not login, programme=programme, invented=invented))
    hosts = ["localhost", LOOPBACK, "[::1]", address, *_own_hosts(login)]
    app = st.App(
        APP,
        secrets=login,
        middleware=[Middleware(Guarded), Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
    )
    say(f"Voices is at http://{'localhost' if is_loopback(address) else address}:{port} (Ctrl-C stops it).")
    sys.argv = [str(APP)]  # Streamlit looks for .streamlit/config.toml and static/ beside the file named here
    try:
        app.run(config={"server.address": address, "server.port": port, "browser.serverAddress": "localhost"})
    except KeyboardInterrupt:
        say("Stopped.")
    return 0


class Guarded:
    """Sends every page with headers that let it load nothing from elsewhere; keeps the server's own counts in."""

    def __init__(self, app: _App) -> None:
        self._app = app
        self._headers = [(name.encode(), text.encode()) for name, text in _headers().items()]

    async def __call__(self, scope: _Message, receive: Callable[[], Awaitable[_Message]], send: _Send) -> None:
        """One request or connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].rstrip("/").endswith("/_stcore/metrics"):
            await send({"type": "http.response.start", "status": 404, "headers": self._headers})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_guarded(message: _Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self._headers]
            await send(message)

        await self._app(scope, receive, send_guarded)


def is_loopback(address: str) -> bool:
    """True for an address that only this computer can reach."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _headers() -> dict[str, str]:
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    digests = [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inline if one]
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *digests]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {text}" for name, text in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
    }


def _login(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotServe(f"{path} cannot be read ({error}). Mend it or delete it.") from error
    if "auth" not in found:
        raise CannotServe(f"{path} has no [auth] section, so nobody could sign in. Add it or delete the file.")
    return found


def _own_hosts(login: dict[str, Any]) -> list[str]:
    host = urlsplit(str(login.get("auth", {}).get("redirect_uri", ""))).hostname
    return [host] if host else []


def _must_be_free(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address.strip("[]"), port))
        except OSError as error:
            raise CannotServe(
                f"Port {port} of {address} cannot be used ({error.strerror}). Choose another with --port."
            ) from error
