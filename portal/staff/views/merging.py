"""Two cards that are one person: chosen, compared, merged, taken apart again."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.belongings import belongings_of, may_be_two
from portal.staff.merging_forms import DivideForm, MergeChoiceForm
from portal.staff.models import UNDO_DAYS, Person
from portal.staff.selectors.merging import alike, preview, said
from portal.staff.states import Category
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.hidden_fields import read_version
from portal.ui.shortcuts import done, only_while, page, version_of

FORBIDDEN = "Карточки объединяют и разделяют куратор и специалист по кадрам."


@require_http_methods(["GET", "HEAD", "POST"])
def merge_choice(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Which other card is this person's."""
    found = access.person_for(request.actor, pk)
    if not access.can_merge_people(request.actor):
        raise Forbidden(FORBIDDEN)
    form = MergeChoiceForm(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        return HttpResponseRedirect(reverse("staff:merge", args=[found.uuid, other.uuid]))
    return page(
        request,
        "staff/merge_choice.html",
        form=form,
        person=found,
        alike=list(alike(found)),
        heading=f"Две карточки одного человека: {found.short_name}",
        lead="Найдите вторую карточку того же человека. Пока вы только смотрите: ничего не меняется.",
        submit="Сравнить",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: PortalRequest, pk: UUID, other: UUID) -> HttpResponse:
    """The two cards side by side, and what would become of each row; then it is done."""
    by = request.actor
    kept, gone = access.person_for(by, pk), access.person_for(by, other)
    if not access.can_merge_people(by):
        raise Forbidden(FORBIDDEN)
    choice = reverse("staff:merge_choice", args=[kept.uuid])
    only_while(request, kept.pk != gone.pk, choice, "Это одна и та же карточка: выберите вторую.")
    if request.method == "POST":
        services.merge_people(
            kept,
            gone,
            by=by,
            version=version_of(request),
            gone_version=read_version(request.POST.get("other_version")),
        )
        return done(
            request, url_of(kept), f"Теперь это одна карточка. Разделить её снова можно {UNDO_DAYS} дней."
        )
    found = preview(kept, gone)
    joined = [f"Должность: {post.title}, теперь вторая" for post, _ in found.joins]
    return page(
        request,
        "staff/merge.html",
        person=kept,
        other=gone,
        found=found,
        sides=_sides(kept, gone, found.filled),
        parts=[
            {
                "title": "Перейдёт",
                "note": "Всё это будет в одной карточке.",
                "rows": [*joined, *said(found.moves)],
            },
            {
                "title": "Повторы уберём",
                "note": "На эти же дни такая запись уже есть в карточке, которая остаётся.",
                "rows": said(found.put_away),
            },
            {
                "title": "Останется, как подписано",
                "note": "Подписанное не переписывают: имя в нём останется прежним.",
                "rows": said(found.stays),
            },
        ],
        undo_days=UNDO_DAYS,
        is_renamed=kept.last_name != gone.last_name,
        has_no_birth=not (kept.birth_date and gone.birth_date),
        crumbs=crumbs_of(kept),
    )


@require_POST
def merge_undo(request: PortalRequest, pk: UUID) -> HttpResponse:
    """They are two people after all."""
    found = access.merge_for(request.actor, pk)
    again = services.undo_merge(found, by=request.actor, version=version_of(request))
    return done(request, url_of(again), "Карточки снова разделены, записи вернулись на свои места.")


@require_http_methods(["GET", "HEAD", "POST"])
def divide(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A part of the card is another person's."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_merge_people(by):
        raise Forbidden(FORBIDDEN)
    only_while(request, may_be_two(found), url_of(found), "Делить нечего: в карточке одна работа.")
    form = DivideForm(request.POST or None, belongings=belongings_of(found), version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.divide_person(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(made), "Теперь это две карточки. Проверьте данные каждой.")
    return page(
        request,
        "staff/divide.html",
        form=form,
        heading=f"Два человека в одной карточке: {found.short_name}",
        lead="Назовите второго человека и отметьте, что в карточке его.",
        submit="Разделить карточку",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@dataclass(frozen=True)
class Side:
    """One fact as each of the two cards has it."""

    title: str
    kept: str
    gone: str
    is_filled: bool = False


def _sides(kept: Person, gone: Person, filled: list[str]) -> list[Side]:
    return [
        Side("Имя", kept.full_name, gone.full_name),
        Side("Дата рождения", _day(kept), _day(gone), "birth_date" in filled),
        Side("Пол", kept.get_gender_display(), gone.get_gender_display(), "gender" in filled),
        Side("Должность", kept.position_title, gone.position_title),
        Side("Категория", _category(kept), _category(gone), "category" in filled),
        Side("Почта", kept.email, gone.email, "email" in filled),
        Side("Вход в портал", _way_in(kept), _way_in(gone)),
    ]


def _day(person: Person) -> str:
    return f"{person.birth_date:%d.%m.%Y}" if person.birth_date else ""


def _category(person: Person) -> str:
    return Category(person.category).label


def _way_in(person: Person) -> str:
    return "есть" if person.user else "нет"
