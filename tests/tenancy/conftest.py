"""Scenes of practices for tests of the border, and refusals that are not drawn."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from portal.ui import shortcuts
from portal.ui import views as ui_views
from tests.practices.conftest import content, drafted, sheet

__all__ = ["content", "drafted", "sheet"]


@pytest.fixture(autouse=True)
def _unhurried(settings: Any) -> None:
    """Walks ask the API more than anybody may in a minute, and what is refused so is not looked at."""
    settings.API_RATE_PER_MINUTE = 100_000


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal says its status and draws no page: for walks that knock at a thousand doors to find the open
    ones. What pages of refusals say and look like is asked elsewhere (journeys, tests/pages).
    """

    def bare(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
        return HttpResponse(status=status)

    for module in (shortcuts, ui_views):
        monkeypatch.setattr(module, "error_page", bare)
