"""Pages of pairs: the list, and the steps of a pair."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.core.sorting import folded
from portal.documents.word.preview import Block
from portal.files.storing import store
from portal.local_acts.access import order_for
from portal.local_acts.models import Order
from portal.local_acts.selectors import suggested_number
from portal.local_acts.states import OrderState
from portal.mentor_bank.selectors.mentors import ready_mentors
from portal.mentor_bank.states import MentoringForm, MentoringKind
from portal.mentoring import services
from portal.mentoring.access import pair_for
from portal.mentoring.access import pairs as access
from portal.mentoring.exports import order_checks, pairs_table
from portal.mentoring.exports.pairs import pay_words
from portal.mentoring.forms.pairs import ConclusionForm, NoticeForm, PayForm, RegisterForm, ReplaceForm
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.selectors.figures import working_pairs
from portal.mentoring.states import FORMING, PairState, PayBasis
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.guards import earliest_end
from portal.papers.freezing import KINDS, blocks_of
from portal.ui.lists import FilterForm, ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, only_while, page, passed, version_of

SAID = {
    "ask": "Эстафета у пары: каждый ответит сам.",
    "skip_psychologist": "Приказ составлен. Эстафета у директора.",
    "override": "Приказ составлен. Эстафета у директора.",
}


class PairFilters(FilterForm):
    q = forms.CharField(label="Фамилия")
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *PairState.choices])
    form = forms.ChoiceField(label="Форма", choices=[("", "Все"), *MentoringForm.choices])
    kind = forms.ChoiceField(label="Вид", choices=[("", "Все"), *MentoringKind.choices])
    working = forms.ChoiceField(label="Сегодня", choices=[("", "Все"), ("1", "действуют")])

    def narrow(self, rows: Any) -> Any:
        if self.picked("q"):
            name = folded(self.picked("q"))
            mentee = PairMentee.objects.filter(pair=OuterRef("pk"), mentee__name_key__startswith=name)
            rows = rows.filter(Q(mentor__name_key__startswith=name) | Exists(mentee))
        rows = rows.filter(pk__in=working_pairs()) if self.picked("working") else rows
        for field in ("state", "form"):
            rows = rows.filter(**{field: self.picked(field)}) if self.picked(field) else rows
        return rows.filter(kinds__contains=[self.picked("kind")]) if self.picked("kind") else rows


@require_GET
def pairs(request: PortalRequest) -> HttpResponse:
    by = request.actor
    rows = Pair.objects.visible_to(by).with_people().select_related("order")
    empty = Empty(
        "Пар пока нет", "Пара начинается с потребности.", reverse("mentor_bank:needs"), "К потребностям"
    )
    sorts = {
        "mentor": ("Наставник", ["mentor__name_key", "id"]),
        "until": ("До", ["planned_to", "id"]),
        "state": ("Состояние", ["state", "id"]),
        "new": ("Новые", ["id"]),
    }
    return ListPage(
        request, rows, filters=PairFilters, sorts=sorts, default="mentor", empty=empty, export=pairs_table
    ).answer(
        "mentoring/pairs.html",
        sees_all=by.can("pair:read"),
        can_group=by.can("pair:propose"),
        can_settle=by.can("mentoring_settings:edit"),
    )


@require_POST
def pair_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    verb = request.POST.get("verb", "")
    moved = services.move_pair(
        pair_for(by, pk), verb, by=by, version=version_of(request), comment=request.POST.get("comment", "")
    )
    return done(
        request,
        reverse("cabinet:pair", args=[pk]),
        f"Записано. {SAID.get(verb) or f'Пара: {moved.get_state_display()}.'}",
    )


def _allowed(may: bool, sentence: str) -> None:
    if not may:
        raise Forbidden(sentence)


def _only_while(request: PortalRequest, row: Pair, form: str, word: str) -> None:
    """The form of a step of the pair is shown while a transition with this page leads on."""
    verbs = [t.verb for t in PAIR.transitions if t.page == form]
    only_while(
        request,
        PAIR.opens(row.state, *verbs),
        reverse("cabinet:pair", args=[row.uuid]),
        f"{word}. Пара: {row.get_state_display()}.",
    )


@require_http_methods(["GET", "POST"])
def conclude(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = pair_for(by, pk)
    _allowed(access.can_conclude_pair(by, row), "Заключение даёт педагог-психолог.")
    _only_while(request, row, "conclude", "Заключение по этой паре сейчас не нужно")
    form = ConclusionForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            moved = services.conclude_pair(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                reverse("cabinet:pair", args=[pk]),
                "Записано. Эстафета у директора."
                if moved.state == PairState.ORDER_DRAFT
                else "Записано. Решит куратор.",
            )
    return _task(
        request,
        form,
        row,
        "Подходят ли они друг другу?",
        "Дать заключение",
        "Вывод увидят все, кто видит пару. Совет увидят куратор и директор, сама пара его не видит. "
        "Изменить заключение потом нельзя.",
    )


@require_http_methods(["GET", "POST"])
def register(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = pair_for(by, pk)
    _allowed(access.can_register_pair(by, row), "Приказы регистрируют директор и специалист по кадрам.")
    if row.order is None:
        raise NotVisible
    _only_while_it_waits(request, row, row.order)
    if row.state == PairState.ORDER_DRAFT and not row.pay_basis:
        return passed(
            request,
            reverse("mentoring:pair_pay", args=[pk]),
            "Сначала доплата: она печатается в приказе и соглашении.",
        )
    initial = {
        "number": suggested_number(row.order.series),
        "signed_on": clock.today(),
        "agreement_on": clock.today(),
    }
    form = RegisterForm(request.POST or None, request.FILES or None, initial=initial, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.register_pair_order(row, by=by, version=form.version, **_stored(form.cleaned_data, by))
        if not form.refused:
            return done(
                request,
                reverse("cabinet:pair", args=[pk]),
                f"Приказ зарегистрирован. Пара действует. Эстафета у наставника: {row.mentor.short_name} "
                "пишет программу.",
            )
    return page(
        request,
        "mentoring/register.html",
        form=form,
        pair=row,
        papers=_papers_to_sign(row, by),
        checks=order_checks(row.order, by),
        pay=pay_words(row),
        with_pay_order=row.pay_basis != PayBasis.NONE_BY_ACT,
        back=("К паре", reverse("cabinet:pair", args=[pk])),
        is_open=row.state == PairState.ORDER_DRAFT,
    )


def _only_while_it_waits(request: PortalRequest, row: Pair, order: Order) -> None:
    """The form is shown while the order of the pair is a draft."""
    waits = order.state not in (OrderState.REGISTERED, OrderState.CANCELLED)
    word = (
        f"Зарегистрировать приказ ещё раз нельзя. Приказ: {order.get_state_display()}. Пара: "
        f"{row.get_state_display()}."
    )
    pair_page = reverse("cabinet:pair", args=[row.uuid])
    only_while(request, waits and row.state == PairState.ORDER_DRAFT, pair_page, word)


def _stored(values: dict[str, Any], by: Actor) -> dict[str, Any]:
    """What was typed, with the scans as stored files; the one of the agreement may come later."""
    scan = store(values["scan"], by=by, field="scan")
    agreement = values["agreement_scan"]
    if agreement:
        agreement = store(agreement, by=by, field="agreement_scan")
    return {**values, "scan": scan, "agreement_scan": agreement or None}


def _papers_to_sign(row: Pair, by: Actor) -> list[tuple[str, str, list[Block]]]:
    """(name, address of its Word file, what it says): the person compares the printed papers with them, and
    types their numbers under them.
    """
    if row.order is None:
        return []
    order, pair = order_for(by, row.order.uuid), access.agreement_for(by, row.uuid)
    papers = (("Приказ о закреплении", "T-08", order), ("Дополнительное соглашение", "T-09", pair))
    return [
        (name, reverse("mentoring:pair_paper", args=[row.uuid, code]), blocks_of(KINDS[code], obj, by))
        for name, code, obj in papers
    ]


@require_http_methods(["GET", "POST"])
def pay(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The pay, before the papers are printed."""
    by = request.actor
    row = pair_for(by, pk)
    _allowed(access.can_settle_pay(by, row), "Доплату записывают куратор, директор и специалист по кадрам.")
    back = reverse("cabinet:pair", args=[pk])
    if request.method != "POST" and row.state not in FORMING:
        return passed(
            request, back, "Приказ уже зарегистрирован: доплату меняют новым соглашением и приказом."
        )
    form = PayForm(request.POST or None, initial=PayForm.values_of(row), version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.settle_pay(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            ready = row.state == PairState.ORDER_DRAFT and access.can_register_pair(by, row)
            return done(
                request,
                reverse("mentoring:pair_register", args=[pk]) if ready else back,
                "Доплата записана: она будет в документах пары.",
            )
    return _task(
        request,
        form,
        row,
        "Доплата наставнику",
        "Записать доплату",
        "Её спрашивают до печати: она стоит в согласии, соглашении и приказе.",
    )


@require_http_methods(["GET", "POST"])
def notice(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = pair_for(by, pk)
    _allowed(access.can_give_notice(by, row), "Закончить пару могут её участники и директор.")
    _only_while(request, row, "notice", "Уведомление сейчас подать нельзя")
    first = earliest_end(row.role_of(by) or "school", clock.today())
    form = NoticeForm(request.POST or None, initial={"ends_on": first}, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.give_notice(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                reverse("cabinet:pair", args=[pk]),
                "Записано. Уведомление увидят второй участник, куратор и директор.",
            )
    return _task(
        request,
        form,
        row,
        "Закончить раньше срока",
        "Подать уведомление",
        f"Можно с {first:%d.%m.%Y}. Причину писать не нужно.",
        kind="second",
    )


@require_http_methods(["GET", "POST"])
def replace(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = pair_for(by, pk)
    _allowed(access.can_lead_pair(by, row), "Наставника заменяет куратор.")
    _only_while(request, row, "replace", "Заменить наставника сейчас нельзя")
    mentors = ready_mentors().exclude(pk=row.mentor_id)
    form = ReplaceForm(
        request.POST or None,
        mentors=mentors,
        initial={"planned_from": clock.today() + dt.timedelta(days=3)},
        version=row.version,
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            new = services.replace_mentor(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                reverse("cabinet:pair", args=[new.uuid]),
                "Записано. Новая пара ждёт согласий, программа перейдёт к ней.",
            )
    return _task(
        request,
        form,
        row,
        "Кто продолжит?",
        "Предложить нового наставника",
        "Согласие спросим у нового наставника и у наставляемого.",
    )


def _task(
    request: PortalRequest, form: Any, row: Pair, title: str, submit: str, lead: str, kind: str = "primary"
) -> HttpResponse:
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title=title,
        submit=submit,
        lead=lead,
        who=row.title,
        kind=kind,
        back=("К паре", reverse("cabinet:pair", args=[row.uuid])),
    )
