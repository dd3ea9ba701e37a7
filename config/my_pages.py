"""What is mine in the present contour: notices, my data and who looked at it."""

import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.about_me import parts_for
from portal.accounts.models import Membership, User
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core.actor import Actor
from portal.core.contour import Contour
from portal.core.current_contour import record_model
from portal.notify.notices import mark_read, notices_of, unread
from portal.staff.models import Person
from portal.ui.addresses import in_words, instead_of_name
from portal.ui.shortcuts import done, page
from tenants.addresses import city_url


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: PortalRequest) -> HttpResponse:
    """Notices, the newest first; all of them are marked read by one button."""
    person = signed_in_person(request)
    if request.method == "POST":
        mark_read(person.pk)
        return done(request, request.path, "Всё прочитано.")
    shown = Paginator(notices_of(person.pk), 30).get_page(request.GET.get("page"))
    return page(request, "accounts/notices.html", notices=shown, waiting=unread(person.pk))


def _reader(line: Any, own: UUID, names: dict[UUID, str]) -> str:
    """Who has looked: by name, but for the pages where a name would tell what nobody may know. Nobody is
    known of whoever checks a certificate by its code.
    """
    if line.actor is None:
        return "без входа в портал"
    if line.actor == own:
        return "вы сами"
    return instead_of_name(*_place_of(line.page)) or names.get(line.actor, "сотрудник")


@require_safe
def me(request: PortalRequest) -> HttpResponse:
    """Who I am here, and which pages showed my data to whom (152-ФЗ ст. 14: own lines of the read
    journal).
    """
    person = signed_in_person(request)
    memberships = request.memberships
    lines = list(_lines_about(person, memberships)[:100])
    names = _names({line.actor for line in lines if line.actor}, request.actor)
    looked = [
        (
            line.created_at,
            _reader(line, person.pk, names),
            _in_words(line.page),
        )
        for line in lines
    ]
    return page(
        request,
        "accounts/me.html",
        person=person,
        memberships=memberships,
        looked=looked,
        address_url=city_url("own_address"),
        name_url=city_url("own_name"),
        parts=parts_for(request),
    )


def _place_of(address: str) -> tuple[str, Contour]:
    """The address inside its contour, and which contour it is."""
    path = re.sub(r"^/s/[^/]+(?=/)", "", address)
    return path, Contour.EXTERNAL if path == address else Contour.INTERNAL


def _in_words(address: str) -> str:
    """What stands at the address: its section, in words; never the address itself, which tells a teacher
    nothing.
    """
    path, contour = _place_of(address)
    home = "«Что дальше»" if path == "/" else "страница портала"
    words = in_words(path, contour) or home
    return f"{words}, через программу" if path.startswith("/api/") else words


def _lines_about(person: User, memberships: list[Membership]) -> QuerySet[Any]:
    """Lines of this contour about the person: as an account, as a membership, as a person of the
    school.
    """
    subjects = {person.pk, *(m.uuid for m in memberships), *(m.person for m in memberships if m.person)}
    lines: QuerySet[Any] = record_model("ReadLine").objects.filter(subjects__overlap=list(subjects))
    return lines.order_by("-created_at", "-pk")


def _names(people: set[UUID], by: Actor) -> dict[UUID, str]:
    """Names as this contour knows them: people in a school, accounts in the city."""
    if by.school:
        return {
            person.user: person.short_name for person in Person.objects.filter(user__in=people) if person.user
        }
    return {user.pk: user.short_name for user in User.objects.filter(pk__in=people)}
