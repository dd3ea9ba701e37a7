"""«Проверка перед передачей»: each find in its sentence, with two answers."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden, Invalid
from portal.documents.personal_data import Kind
from portal.school_practices import access, answering
from portal.school_practices.checking import Asked, alike, asked_about
from portal.school_practices.models import SchoolPractice
from portal.school_practices.selectors import waiting_words
from portal.ui.shortcuts import done, only_while, page, version_of

KEEPS = {
    Kind.NAME: "Это не имя",
    Kind.PUPIL: "Это не имя",
    Kind.CLASS: "Это не класс",
    Kind.PHONE: "Это не телефон",
    Kind.MAIL: "Это не личный адрес",
    Kind.LINK: "Это не личная страница",
    Kind.SCHOOL: "Школу можно назвать",
    Kind.RARE: "По этому не узнают",
}
"""What stays, in words that fit what it was taken for."""


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What the text tells of people, and what is to become of each place."""
    by = request.actor
    found = access.practice_for(by, pk)
    own_page = reverse("school_practices:practice", args=[found.uuid])
    if request.method == "POST":
        said = _answered(request, found)
        return done(request, reverse("school_practices:check", args=[found.uuid]), said)
    if not access.can_answer_finds(by, found) and found.state in access.ANSWERABLE:
        raise Forbidden("Проверяют текст его авторы, а когда практика в банке школы, и директор.")
    only_while(
        request,
        found.state in access.ANSWERABLE,
        own_page,
        f"Сейчас о тексте не спрашивают. Практика: {found.get_state_display()}.",
    )
    every = asked_about(found)
    return page(
        request,
        "school_practices/check.html",
        practice=found,
        waiting=[(one, _keeps(one), len(alike(one, every))) for one in every if one.answer is None],
        kept=[one for one in every if one.answer is not None],
        crumbs=[("Практики школы", reverse("school_practices:practices")), (found.title, own_page)],
    )


def _keeps(one: Asked) -> str:
    return KEEPS[one.find.kind]


SAYS = {
    "remove": (answering.remove_find, "Убрано."),
    "keep": (answering.keep_find, "Оставлено."),
    "ask": (answering.ask_find_again, "Портал спросит об этом месте снова."),
}


def _answered(request: PortalRequest, found: SchoolPractice) -> str:
    """Writes the answer; returns what the page says."""
    answer = SAYS.get(request.POST.get("answer", ""))
    if answer is None:
        raise Invalid("answer", "Выберите, что сделать с этим местом: убрать его или оставить.")
    write, said = answer
    which = answering.Which(request.POST.get("find", ""), everywhere="everywhere" in request.POST)
    write(found, which, by=request.actor, version=version_of(request))
    return f"{said} {_left(found)}"


def _left(found: SchoolPractice) -> str:
    found.refresh_from_db()
    count = sum(one.answer is None for one in asked_about(found))
    return f"Ещё {waiting_words(count)}." if count else "Больше спрашивать не о чем."
