"""What every test may use: the real export files where they are present, and one loaded demo home."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def samples() -> Path | None:
    """The folder of real export files beside the project, or None (then our own invented files serve alone)."""
    folder = PROJECT.parent / "shared" / "samples"
    return folder if (folder / "MANIFEST.csv").exists() else None


def pytest_report_header() -> str:
    """Say at the top of every run whether the real files are there."""
    return "samples: present" if samples() else "samples: absent, so only the project's own invented files are read"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("VOICES_", "STREAMLIT_"))]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of one run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def loaded_demo(shared_folder: Path) -> Path:
    """The demo programme, made and loaded once for the whole run. Tests that change it take `demo_home`."""
    from etl.demo import write_exports, write_settings
    from etl.home import open_home
    from etl.pipeline import load

    root = shared_folder / "demo-home"
    with (shared_folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "finished").exists():
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            write_settings(root)
            home = open_home(root)
            write_exports(home.inbox)
            load(home, [])
            (root / "finished").touch()
    return root


@pytest.fixture
def demo_home(loaded_demo: Path, tmp_path: Path) -> Path:
    """A copy of the loaded demo programme that one test may change."""
    root = tmp_path / "home"
    shutil.copytree(loaded_demo, root)
    return root
