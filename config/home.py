"""«Что дальше», the switch of places, «Ещё», and the pages about the portal itself."""

import datetime as dt

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from config import navigation
from portal.accounts.actors import chosen_membership
from portal.accounts.doubts import last_doubt_of
from portal.accounts.left import LeftPlace, left_places
from portal.accounts.models import Membership, User
from portal.accounts.offices import Office
from portal.accounts.request import PortalRequest, signed_in_person
from portal.accounts.selectors import opens_on
from portal.accounts.states import Recognition
from portal.core import clock
from portal.core.aside import aside_of
from portal.core.errors import NotVisible
from portal.core.next_steps import in_order, steps_for, stretches_of
from portal.municipality.models import DepartmentName
from portal.staff.selectors import person_of
from portal.ui.shortcuts import done, page
from portal.ui.words import plural
from tenants.addresses import city_url, school_url
from tenants.models import School

NOBODY = (
    "Должностей пока нет",
    "Вход у вас есть, а места в школе или в городе ещё нет. Попросите куратора вашей школы отправить вам "
    "приглашение.",
)
QUIET = {
    Office.PRINCIPAL: "Подписывать и утверждать сейчас нечего.",
    Office.CURATOR: "Все пары, программы и списки в порядке.",
    Office.TEACHER: "Когда вас попросят стать наставником, наставляемым или экспертом, это появится здесь.",
    Office.PSYCHOLOGIST: "Когда куратор попросит заключение о паре, оно появится здесь.",
    Office.PERSONNEL_OFFICER: "Приказов и списков, которые вас ждут, нет.",
    Office.ASSOCIATION_LEAD: "Практик и программ на рассмотрении нет.",
    Office.DEPARTMENT_HEAD: "Подписывать и решать в портале сейчас нечего. Как идут дела в школах, видно на "
    "странице «Город сегодня».",
    Office.DEPARTMENT_SPECIALIST: "Школы подключены, формы проверены, практики опубликованы.",
    Office.METHODIST: "Практики разобраны, формы проверены. Новое появится здесь, когда школа передаст его "
    "в город.",
    Office.COUNCIL_SECRETARY: "Поручений совета в портале пока нет. Числа и практики школ для заседания "
    "есть на странице «Город сегодня».",
}
COUNTED = ("одно", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
QUIET_ELSE = "Ничья эстафета вас сейчас не ждёт."
SETTLING = dt.timedelta(minutes=10)
"""How long a new place may wait for the school to find the person's record by post; later an empty page is
the truth.
"""


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Whose move is it: own steps first, then what others hold."""
    memberships = request.memberships
    person = signed_in_person(request)
    if request.school is None and not memberships:
        left = left_places(person)
        return page(
            request,
            "accounts/home.html",
            person=person,
            nobody=_with_no_place(person, left),
            left=left,
            today=clock.today(),
        )
    elsewhere = _elsewhere(request, person, memberships)
    if elsewhere:
        return HttpResponseRedirect(elsewhere)
    if request.school is not None:
        navigation.count_for_home(request)
    steps = in_order([*steps_for(request.actor), *request.city_steps])
    office = navigation.office_here(person, memberships, request.school)
    mine, others = [s for s in steps if s.mine], [s for s in steps if not s.mine]
    request.own_steps = len(mine)
    return page(
        request,
        "accounts/home.html",
        person=person,
        mine=mine,
        stretches=stretches_of(mine, clock.today()),
        count=_in_words(len(mine)),
        others=others[:12],
        aside=aside_of(request.actor),
        today=clock.today(),
        settling=not mine and _is_settling(request, memberships),
        quiet=QUIET.get(office, QUIET_ELSE) if office else QUIET_ELSE,
    )


def _with_no_place(person: User, left: list[LeftPlace]) -> tuple[str, str]:
    """Whoever has accepted an invitation before the first day waits for the day, not for another letter."""
    doubt = last_doubt_of(person.pk)
    if doubt is not None and doubt.school is not None:
        return _doubted(person, doubt.school, waits=doubt.recognition == Recognition.WAITS)
    first = opens_on(person.pk)
    if first is None:
        return _has_left(max(left, key=lambda place: place.last_day)) if left else NOBODY
    return (
        f"Место откроется {first:%d.%m.%Y}",
        "Приглашение принято. В первый день работы войдите сюда ещё раз, и всё будет на месте.",
    )


def _has_left(last: LeftPlace) -> tuple[str, str]:
    return (
        "Места в портале сейчас нет",
        f"{last.school.short_name}: последний день был {last.last_day:%d.%m.%Y}. Вход остаётся у вас до "
        f"{last.until:%d.%m.%Y}: до этого дня можно скачать свои документы. Новое приглашение от школы или "
        "города откроет место снова.",
    )


def _doubted(person: User, school: School, *, waits: bool) -> tuple[str, str]:
    """The invitation was accepted under a name that the card does not have. The card's name is not told: it
    may be another's.
    """
    if waits:
        return (
            f"{school.short_name} смотрит, вас ли приглашали",
            f"Вы назвались так: {person.full_name}. В карточке школы имя другое. Школа ответит, один ли это "
            "человек, и мы напишем вам на почту. Ничего делать не нужно; можно позвонить в школу.",
        )
    return (
        f"{school.short_name} приглашала другого человека",
        "Место по этому приглашению не открылось. Если приглашали вас, обратитесь в школу: её сотрудник "
        "исправит имя или почту в карточке и пришлёт новое приглашение.",
    )


def _is_settling(request: PortalRequest, memberships: list[Membership]) -> bool:
    """The invitation was accepted in the city a moment ago, and the school has not linked the person's record
    yet.
    """
    school = request.school
    new = any(m.school == school and clock.now() - m.created_at < SETTLING for m in memberships)
    return school is not None and new and person_of(request.actor) is None


def _in_words(count: int) -> str:
    """«три дела»: up to ten in words, as one says it."""
    return f"{COUNTED[count - 1] if 0 < count <= len(COUNTED) else count} {plural(count, 'дело,дела,дел')}"


def _elsewhere(request: PortalRequest, person: User, memberships: list[Membership]) -> str | None:
    """The city's address leads to the school that was chosen last; a teacher without an office in the city,
    to the own school.
    """
    if request.school is not None:
        return None
    chosen = chosen_membership(person, memberships)
    if navigation.serves_in_city(memberships):
        return school_url(chosen.school.code, "home") if chosen and chosen.school else None
    own = chosen or memberships[0]
    return school_url(own.school.code, "home") if own.school else None


@require_safe
def more(request: PortalRequest) -> HttpResponse:
    """The whole menu as a page: the fifth tab of a phone."""
    return page(
        request,
        "accounts/more.html",
        groups=navigation.whole_menu(request),
        places=len(request.memberships) > 1,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: PortalRequest) -> HttpResponse:
    """All places and offices of the person. Choosing an office changes only the home and the menu."""
    person = signed_in_person(request)
    memberships = request.memberships
    if request.method == "POST":
        wanted = next((m for m in memberships if str(m.uuid) == request.POST.get("membership")), None)
        if wanted is None:
            raise NotVisible
        User.objects.filter(pk=person.pk).update(home_office=str(wanted.uuid))
        url = school_url(wanted.school.code, "home") if wanted.school else city_url("home")
        return done(request, url, f"Вы здесь как {wanted.get_office_display()}. Права при этом не меняются.")
    return page(request, "accounts/places.html", memberships=memberships, left=left_places(person))


@require_safe
def help_page(request: PortalRequest) -> HttpResponse:
    """How the portal is arranged, in a minute."""
    return page(request, "accounts/help.html", contact=settings.SUPPORT_CONTACT)


@require_safe
def personal_data(request: PortalRequest) -> HttpResponse:
    """What is kept about people, who sees it, and how to ask."""
    return page(
        request,
        "accounts/personal_data.html",
        department=DepartmentName.here().name,
        contact=settings.SUPPORT_CONTACT,
    )


@require_safe
def accessibility(request: PortalRequest) -> HttpResponse:
    """What works for everybody, and what does not yet."""
    return page(request, "accounts/accessibility.html", contact=settings.SUPPORT_CONTACT)
