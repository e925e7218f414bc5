"""Keys of canonical rows: the same file gives the same key, wherever and whenever it is loaded."""

from __future__ import annotations

import hashlib

KEY_LENGTH = 26


def key(table: str, *parts: object) -> str:
    """The key of one row: 26 hex characters of SHA-256 over the table's name and its natural parts.

    Text parts are trimmed and case-folded, dates and times are ISO, None is empty. `warehouse/tables.py`
    writes the same expression in SQL (`key_sql`), and a test holds the two together.
    """
    folded = [table, *(_fold(part) for part in parts)]
    return hashlib.sha256("|".join(folded).encode()).hexdigest()[:KEY_LENGTH]


def _fold(part: object) -> str:
    if part is None:
        return ""
    return str(part).strip(" ").lower()
