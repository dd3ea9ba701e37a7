"""In the demo only: become any of the people in one click, and read the letters that were sent."""

import datetime as dt
import email
import email.policy
from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.request import PortalRequest
from portal.demo.cast import CAST
from portal.ui.shortcuts import page

LETTERS_SHOWN = 50
BETWEEN_LETTERS = b"-" * 79
"""Django's file backend puts this line between letters."""


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@require_safe
def people(request: PortalRequest) -> HttpResponse:
    """The named people of the city, by place."""
    _only_in_the_demo()
    places: dict[str, list[object]] = {}
    for person in CAST:
        places.setdefault(f"Школа № {person.school}" if person.school else "Город", []).append(person)
    return page(
        request,
        "demo/people.html",
        places=sorted(places.items(), key=lambda row: (row[0] != "Школа № 5", row[0] != "Город", row[0])),
    )


@require_POST
def become(request: PortalRequest) -> HttpResponse:
    """Sign in as the person; nobody in the demo has a password."""
    _only_in_the_demo()
    person = next((p for p in CAST if p.key == request.POST.get("key")), None)
    user = User.objects.filter(pk=person.uuid).first() if person else None
    if user is None:
        raise Http404
    logout(request)
    login(request, user)
    return HttpResponseRedirect("/")


@require_safe
def letters(request: PortalRequest) -> HttpResponse:
    """Letters of the demo: they go to files instead of people, the newest first."""
    _only_in_the_demo()
    folder = Path(settings.EMAIL_FILE_PATH)
    files = (
        sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:LETTERS_SHOWN]
        if folder.is_dir()
        else []
    )
    return page(request, "demo/letters.html", letters=[letter for path in files for letter in _read(path)])


def _read(path: Path) -> list[dict[str, object]]:
    """The letters of one file, the newest first. As bytes: a letter in Russian goes in eight bits."""
    found = []
    for part in path.read_bytes().split(BETWEEN_LETTERS):
        if part.strip():
            message = email.message_from_bytes(part.lstrip(), policy=email.policy.default)
            body = message.get_body(("plain",))
            text = body.get_content() if body else ""
            links = [urlparse(word).path for word in text.split() if word.startswith("http")]
            sent_at = message["date"].datetime.replace(tzinfo=dt.UTC)  # «-0000», as Django writes it
            found.append(
                {
                    "to": message["to"],
                    "subject": message["subject"],
                    "when": sent_at,
                    "text": text,
                    "links": links,
                }
            )
    return found[::-1]
