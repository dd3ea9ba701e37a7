"""Pages of the school's bank of mentors."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import audit
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.mentor_bank import services
from portal.mentor_bank.access import card_for
from portal.mentor_bank.access import cards as access
from portal.mentor_bank.exports import cards_table
from portal.mentor_bank.filters import CardFilters
from portal.mentor_bank.forms.needs import CardForm
from portal.mentor_bank.models import MentorCard, MentoringSettings
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.services.cards import GONE
from portal.mentor_bank.views.of_day import cards_of_day
from portal.mentor_bank.workflow import CARD
from portal.mentor_bank.workflow.cards import category_is_enough, stage_is_enough
from portal.staff.selectors import has_consent, people_at_hand, person_of
from portal.staff.states import ConsentKind
from portal.ui.lists import ListPage
from portal.ui.on_day import day_asked
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, only_while, page
from portal.ui.step_button import pressed
from portal.ui.words import decimal, plural


@require_safe
def cards(request: PortalRequest) -> HttpResponse:
    by, day = request.actor, day_asked(request.GET.get("on", ""))
    if day is not None:
        return cards_of_day(request, day)
    rows = (
        MentorCard.objects.visible_to(by)
        .select_related("person")
        .prefetch_related("person__employments")
        .annotate(busy=PAIRS().load("person"))
    )
    empty = Empty(
        "Наставников пока нет",
        "Внесите первого: результаты, сильные стороны, сколько наставляемых удобно вести.",
        reverse("mentor_bank:card_new"),
        "Внести наставника",
    )
    sorts = {
        "who": ("Наставник", ["person__name_key", "id"]),
        "busy": ("Пары", ["busy", "id"]),
        "state": ("Состояние", ["state", "id"]),
    }
    return ListPage(
        request, rows, filters=CardFilters, sorts=sorts, default="who", empty=empty, export=cards_table
    ).answer(
        "mentor_bank/cards.html",
        can_edit=by.can("mentor_card:edit"),
        warn=MentoringSettings.here().max_mentees_warn,
        own=person_of(by),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def card_new(request: PortalRequest) -> HttpResponse:
    by = request.actor
    own, for_others = person_of(by), by.can("mentor_card:edit")
    if not for_others and (own is None or not access.can_make_card(by, own)):
        raise Forbidden("Карточку заводит сам педагог или куратор.")
    form = CardForm(request.POST or None, people=people_at_hand() if for_others else None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data.pop("person", own)
        with form.catching():
            row = services.make_card(person, by=by, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                reverse("mentor_bank:card", args=[row.uuid]),
                "Записано. Дальше наставника рекомендует ШМО или куратор.",
            )
    return page(
        request,
        "mentor_bank/form.html",
        form=form,
        title="Новый наставник" if for_others else "Хочу быть наставником",
        submit="Внести наставника" if for_others else "Отправить куратору",
        cancel_url=reverse("mentor_bank:cards") if for_others else reverse("home"),
        crumbs=[("Наставники школы", reverse("mentor_bank:cards"))],
    )


def _years(years: float) -> str:
    """«5 лет», «21 года», «4,5 года»: after «не меньше»."""
    return (
        f"{int(years)} {plural(int(years), 'года,лет,лет')}"
        if years.is_integer()
        else f"{decimal(years)} года"
    )


@require_safe
def card(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row, rules = card_for(by, pk), MentoringSettings.here()
    own = by.is_person(row.person.user)
    criteria = [
        (
            "ok" if stage_is_enough(row.person, rules) else "no",
            f"стаж не меньше {_years(float(rules.min_stage_years))}",
        ),
        (
            "ok" if category_is_enough(row.person, rules) else "no",
            f"категория не ниже: {rules.get_min_category_display()}",
        ),
        ("ok" if len(row.confirmed_results) >= 30 else "no", "подтверждённые результаты описаны"),
        ("ok" if row.no_disciplinary else "no", "взысканий нет"),
        ("ok" if has_consent(row.person, ConsentKind.PROCESSING) else "no", "согласие на обработку данных"),
        ("ok" if row.curator_word_on else "no", "слово куратора"),
        ("ok" if row.principal_word_on else "no", "слово директора"),
    ]
    return page(
        request,
        "mentor_bank/card.html",
        card=row,
        criteria=criteria if own or by.can("mentor_card:read") else [],
        pairs=PAIRS().of_mentor(row.person, by),
        offers=CARD.offers(row, by),
        why=audit.why(row, CARD),
        can_edit=access.can_edit_card(by, row),
        person_url=reverse("staff:person", args=[row.person.uuid])
        if own or by.can("personal_consent:register")
        else "",
        crumbs=[("Наставники школы", reverse("mentor_bank:cards"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def card_edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = card_for(by, pk)
    if not access.can_edit_card(by, row):
        raise Forbidden("Карточку правит сам наставник или куратор.")
    only_while(
        request,
        row.state not in GONE,
        reverse("mentor_bank:card", args=[pk]),
        f"Карточку больше не правят. Её состояние: {row.get_state_display()}.",
    )
    initial = {name: getattr(row, name) for name in CardForm.base_fields if name != "person"}
    form = CardForm(request.POST or None, initial=initial, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_card(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, reverse("mentor_bank:card", args=[pk]), "Карточка сохранена.")
    return page(
        request,
        "mentor_bank/form.html",
        form=form,
        title=f"Наставник: {row.person.short_name}",
        submit="Сохранить карточку",
        crumbs=[("Наставники школы", reverse("mentor_bank:cards"))],
        cancel_url=reverse("mentor_bank:card", args=[pk]),
    )


@require_POST
def card_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    said = pressed(request, CARD, card_for(by, pk), by=by)
    return done(request, reverse("mentor_bank:card", args=[pk]), said)
