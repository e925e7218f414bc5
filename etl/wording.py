"""The wording of a question or an answer: cleaned for keeping, folded for comparing, shortened for an id."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

WORDING_LENGTH = 400
ID_LENGTH = 40

_INLINE_TAG = re.compile(r"</?(?:a|b|em|font|i|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "\u200b": ""})
_NOT_WORDS = re.compile(r"[^\w' ]+")
_NOT_ID = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """The text as it is kept: composed (NFKC), without HTML, every run of blanks or line ends one blank."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", text)))
    return " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text as it is compared: cleaned, plain quotes and dashes, case-folded."""
    return " ".join(clean(text).translate(_PLAIN).casefold().split())


def fold_wording(text: str) -> str:
    """A question's wording as it is compared: folded, and cut to the length that the catalogue keeps."""
    return fold(clean(text)[:WORDING_LENGTH])


def words_of(text: str) -> str:
    """The words alone, as questions are told apart by them: folded, every mark but an apostrophe a blank."""
    return " ".join(_NOT_WORDS.sub(" ", fold(text)).split())


def slug(text: str, length: int = ID_LENGTH) -> str:
    """Lower-case letters and digits joined by `_`, at most `length` of them; '' when there are none."""
    plain = unicodedata.normalize("NFKD", clean(text)).encode("ascii", "ignore").decode().lower()
    return _NOT_ID.sub("_", plain)[: length + 1].strip("_")[:length].rstrip("_")
