"""Walks through the dashboard as a reader would, without a browser."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import app, doorway

APP = Path(app.__file__)


def visit(door: doorway.DoorOut, role: str = "leadership", *, invented: bool = False) -> AppTest:
    """The first page, as this choice of the role switch sees it."""
    doorway.lend(doorway.Serving(door, Path("no-access-file"), view_as=True, invented=invented))
    found = AppTest.from_file(str(APP), default_timeout=60)
    found.run()
    if role != "leadership":
        found.selectbox(key="as").select(role).run()
    return found


def pages(found: AppTest) -> list[str]:
    """The addresses of the pages that are open to this reader, the first page and *about* left out."""
    known = [str(info.get("url_pathname", "")) for info in found._registered_pages.values()]
    return [name for name in known if name not in ("", "home", "about")]


def turn_to(found: AppTest, page: str) -> AppTest:
    """The page of this address, opened from the one that is open."""
    hashes = {str(info.get("url_pathname", "")): key for key, info in found._registered_pages.items()}
    found._page_hash = hashes[page]
    return found.run()


def text_of(found: AppTest) -> str:
    """Every word that a page shows: headings, sentences, tables, tiles, chart text and its alternative."""
    said = [one.value for kind in (found.title, found.header, found.markdown) for one in kind]
    said += [f"{tile.label} {tile.value}" for tile in found.metric]
    said += [table.value.reset_index().to_csv(index=False) for table in found.table]
    said += [f"{chart.proto.spec} {chart.proto.alt}" for chart in found.get("plotly_chart")]
    said += [button.label for button in found.button]
    return "\n".join(said)
