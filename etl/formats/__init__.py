"""One module here is one tool's layout. Adding a format is adding one file; there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from etl.reading import Format


@cache
def discover() -> tuple[Format, ...]:
    """Every format of this folder, by key. A module that is not a whole format is a programming error."""
    found = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    for module in found:
        if not isinstance(module, Format):
            raise TypeError(f"{module.__name__} lacks a name that every format has")
    return tuple(sorted((module for module in found if isinstance(module, Format)), key=lambda one: one.KEY))
