"""Finds the pages: every file of `dashboard/views` is one, and there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection
from dataclasses import dataclass, replace

import dashboard.views
from dashboard.cards import Question


@dataclass(frozen=True)
class View:
    """One page, as its file declares it. slug is the file's name and the page's address."""

    slug: str
    title: str
    purpose: str
    order: int
    questions: tuple[Question, ...]

    @property
    def metrics(self) -> frozenset[str]:
        """Every metric that a question of this page may use; the page can ask for no other."""
        return frozenset(metric for question in self.questions for metric in question.metrics)

    def opened_to(self, may: Collection[str]) -> View | None:
        """This page with the questions of a reader who may see these metrics; None when it is not theirs.

        A page is theirs when they may see what its first question is about: its first metric. So is each
        further question.
        """
        if self.questions[0].metrics[0] not in may:
            return None
        kept = tuple(one for one in self.questions if one.metrics[0] in may)
        return replace(self, questions=kept)


def discover() -> tuple[View, ...]:
    """Every page, in its order."""
    found = []
    for entry in pkgutil.iter_modules(dashboard.views.__path__):
        module = importlib.import_module(f"dashboard.views.{entry.name}")
        found.append(View(entry.name, module.TITLE, module.PURPOSE, module.ORDER, module.QUESTIONS))
    return tuple(sorted(found, key=lambda view: (view.order, view.slug)))
