"""«Что дальше» about forms: for the principal and the curator. Three queries."""

from django.urls import reverse

from portal.accounts.offices import Office
from portal.core.actor import Actor
from portal.core.next_steps import Holder, NextStep
from portal.core.text import quoted
from portal.monitoring.models import SchoolForm
from portal.monitoring.selectors import has_seen_flow
from portal.monitoring.states import HANDED, FormState
from portal.monitoring.workflow.numbers import is_complete, is_explained
from portal.staff.selectors import Holders


def next_steps(by: Actor) -> list[NextStep]:
    """What waits for a signature or a number, and what the city is looking at."""
    steps: list[NextStep] = []
    if by.can("school_form:read"):
        forms = SchoolForm.objects.exclude(
            state__in=(FormState.ACCEPTED, FormState.CANCELLED)
        ).prefetch_related("values")
        holders = Holders.here()
        steps += [step for form in forms if (step := _of_form(form, by, holders))]
    if Office.PRINCIPAL in by.offices and not has_seen_flow(by):
        steps.append(
            NextStep(
                "flow_to_see",
                "Посмотреть, какие числа школа передаёт сама",
                "Перечень согласован при подключении. Имён среди них нет.",
                reverse("monitoring:disclosure"),
                "Посмотреть перечень",
                icon="send",
                weight=40,
            )
        )
    return steps


def _of_form(form: SchoolForm, by: Actor, holders: Holders) -> NextStep | None:
    ready = is_complete(form, by) and is_explained(form, by)
    signs = by.can("school_form:sign")
    if form.state == FormState.RETURNED:
        return _step(
            form,
            "form_returned",
            f"Форма {quoted(form.title)} вернулась с замечаниями",
            form.answer[:160],
            name="fill",
            button="Поправить форму",
            weight=5,
        )
    if form.state in HANDED:
        return _step(
            form,
            "form_submitted",
            f"Форма {quoted(form.title)} сдана",
            "Её проверяет специалист Управления.",
            name="form",
            button="Посмотреть",
            who=Holder.outside("Управление образования"),
        )
    if signs and (ready or form.state == FormState.DIRECTOR_SIGNED):
        return _step(
            form,
            "form_to_sign",
            f"Подписать форму {quoted(form.title)}",
            _said(form, "Числа на месте. Проверьте их и сдайте городу."),
            name="hand_over",
            button="Проверить и подписать",
            weight=10,
        )
    if ready:
        title, who = f"Форма {quoted(form.title)} ждёт подписи", holders.of(Office.PRINCIPAL)
        return _step(
            form, "form_at_principal", title, "Все числа на месте.", name="form", button="Посмотреть", who=who
        )
    return _step(
        form,
        "form_to_fill",
        f"Заполнить форму {quoted(form.title)}",
        _said(form, _missing(form)),
        name="fill",
        button="Заполнить форму",
        weight=15,
    )


def _said(form: SchoolForm, why: str) -> str:
    """Why, and what the city has said meanwhile."""
    closed = (
        " Сбор закончен: форма уйдёт с опозданием и с пояснением."
        if form.closed_at and form.is_late_now
        else ""
    )
    reminded = f" Управление напоминало {form.reminded_on:%d.%m.%Y}." if form.reminded_on else ""
    return f"{why}{closed}{reminded}"


def _missing(form: SchoolForm) -> str:
    values = list(form.values.all())
    done = sum(1 for value in values if value.is_counted)
    return f"Портал посчитал сам: {done} из {len(values)}. Остальное за вами."


def _step(
    form: SchoolForm,
    situation: str,
    title: str,
    why: str,
    *,
    name: str,
    button: str,
    who: Holder | None = None,
    weight: int = 50,
) -> NextStep:
    due = None if who else form.due_on
    return NextStep(
        situation,
        title,
        why,
        reverse(f"monitoring:{name}", args=[form.uuid]),
        button,
        who=who,
        due=due,
        icon="clipboard-data",
        weight=weight,
    )
