"""«Что дальше» about people: the list, the rows to mend, the invitations, the consents."""

import datetime as dt

from django.urls import reverse
from django.utils.text import capfirst

from portal.accounts.offices import HAND_OFFICES, Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import Rows, home_numbers
from portal.core.next_steps import Holder, NextStep
from portal.staff.models import Employee, EmployeeOffice, StaffImport
from portal.staff.queues import queues_of
from portal.staff.selectors.holders import Holders
from portal.staff.selectors.offices import ending_soon, not_joined
from portal.staff.selectors.people import (
    appointed_curators,
    by_access,
    by_consent,
    consents_in_force,
    employee_of,
    staff_on,
)
from portal.staff.states import ConsentKind, ImportState
from portal.ui.words import plural

SHOWN = 5
CURATORS = "curators"
"""How many are appointed: the next step of the whole school may be to have one."""
LETTER_PATIENCE = dt.timedelta(days=5)
"""So long an invitation may lie in the mail before the principal is asked to look after it."""


def numbers(by: Actor) -> Rows:
    """People to invite and consents that are missing; the reader's own consent."""
    people = Employee.objects.working()
    found: Rows = {CURATORS: appointed_curators()}
    if by.can("employee:import"):
        found["uninvited"] = by_access(people, "mail")
        found["unconsented"] = by_consent(by_access(people, "in"), "none")
    if by.can("office:give"):
        found |= {"offices that end": ending_soon(), "offices without their person": not_joined()}
    own = consents_in_force(ConsentKind.PROCESSING).filter(employee__user=by.user)
    return {**found, "own consents": own} if by.user else found


def next_steps(by: Actor) -> list[NextStep]:
    """At most six queries, whatever the size of the school."""
    steps: list[NextStep] = []
    if by.can("deputy:enter"):
        steps += _principal(by)
    if by.can("office:give"):
        steps += _offices(home_numbers(by))
    if by.can("employee:import"):
        steps += _import(by) + _people(by)
    if by.user:
        steps += _own(by)
    return steps


def _principal(by: Actor) -> list[NextStep]:
    if home_numbers(by)[CURATORS] or Employee.objects.working().filter(positions__position="deputy").exists():
        return []
    return [
        NextStep(
            "deputy_to_enter",
            "Внесите заместителя, который станет куратором",
            "Куратором может быть только заместитель директора (Положение, 6.1). Остальных сотрудников "
            "потом внесёт куратор.",
            reverse("staff:deputy"),
            "Внести заместителя",
            icon="person-plus",
            weight=10,
        )
    ]


def _offices(numbers: dict[str, int]) -> list[NextStep]:
    """An office that is about to end is the principal's move; one that waits for its person is the
    person's.
    """
    ending = [
        NextStep(
            "office_ending",
            f"Решите, кто дальше {Office(held.office).label}",
            f"{held.employee.short_name}: срок заканчивается. Продлите его или дайте должность другому.",
            reverse("staff:office", args=[held.uuid]),
            "К должности",
            due=held.valid_to,
            icon="person-check",
            weight=35,
        )
        for held in (ending_soon()[:SHOWN] if numbers["offices that end"] else ())
    ]
    absent = not_joined()[:SHOWN] if numbers["offices without their person"] else ()
    return ending + [_of_absent(held) for held in absent] + _vacant()


def _of_absent(held: EmployeeOffice) -> NextStep:
    """An office whose person has not entered the portal: first the letter is waited for, then the principal
    asks.
    """
    name, since = held.employee.short_name, clock.local(held.created_at).date()
    office = capfirst(Office(held.office).label)
    if clock.today() - since < LETTER_PATIENCE:
        who = Holder.outside(name, note="в портал ещё не входили, приглашение в почте")
        url = reverse("staff:office", args=[held.uuid])
        return NextStep(
            "office_waits",
            f"{office}: {name}",
            "Должность дана.",
            url,
            who=who,
            icon="person-check",
            waiting_since=since,
            weight=60,
        )
    why = (
        "Должность дана, а в портал так и не вошли. Проверьте почту и пригласите ещё раз или дайте должность "
        "другому."
    )
    url = reverse("staff:employee", args=[held.employee.uuid])
    return NextStep(
        "office_absent",
        f"{office}: {name} не входит",
        why,
        url,
        "К приглашению",
        icon="person-check",
        waiting_since=since,
        weight=33,
    )


def _vacant() -> list[NextStep]:
    """Offices which nobody holds while something waits for them. Queries only for those."""
    holders = Holders.here()
    steps = []
    for office in HAND_OFFICES:
        counted = [] if holders.has(office) else [(queue, queue.waiting()) for queue in queues_of(office)]
        waiting = [(queue, count) for queue, count in counted if count]
        if waiting:
            what = ", ".join(f"{count} {plural(count, queue.names)}" for queue, count in waiting)
            hints = " ".join(queue.otherwise for queue, _ in waiting if queue.otherwise)
            why = f"Её никто не занимает, а ждут: {what}. {hints}".strip()
            url = f"{reverse('staff:office_new')}?office={office.value}"
            steps.append(
                NextStep(
                    "office_vacant",
                    f"Дайте должность: {office.label}",
                    why,
                    url,
                    "Дать должность",
                    icon="person-plus",
                    weight=12,
                )
            )
    return steps


def _import(by: Actor) -> list[NextStep]:
    last = StaffImport.objects.order_by("-id").first()
    if last is None:
        working = staff_on().count()
        if working > 3:
            return []
        return [
            NextStep(
                "staff_to_import",
                "Загрузите список сотрудников",
                "Из таблицы Excel: сначала проверим, потом вы решите, что записать.",
                reverse("staff:import_new"),
                "Загрузить",
                icon="file-earmark-excel",
                weight=10,
            )
        ]
    url = reverse("staff:import", args=[last.uuid])
    if last.state in (ImportState.READY, ImportState.ACCEPTED) and last.good:
        rows = f"{last.good} {plural(last.good, 'строку можно,строки можно,строк можно')} записать"
        return [
            NextStep(
                "import_to_confirm",
                "Проверьте список и примите строки",
                rows,
                url,
                "Посмотреть",
                icon="file-earmark-excel",
                weight=15,
            )
        ]
    if last.state in (ImportState.READY, ImportState.ACCEPTED) and last.bad:
        rows = (
            f"{last.bad} {plural(last.bad, 'строка не записана,строки не записаны,строк не записаны')}: их "
            "можно исправить здесь же"
        )
        return [
            NextStep(
                "rows_to_mend",
                "Исправьте строки списка",
                rows,
                url,
                "К строкам",
                icon="pencil-square",
                weight=30,
            )
        ]
    return []


def _people(by: Actor) -> list[NextStep]:
    """Each step counts exactly the rows of the list that it opens."""
    numbers, steps = home_numbers(by), []
    uninvited, unconsented = numbers["uninvited"], numbers["unconsented"]
    if uninvited:
        who = (
            f"{uninvited} {plural(uninvited, 'сотрудник,сотрудника,сотрудников')} с почтой пока не в портале"
        )
        url = reverse("staff:employees") + "?access=mail"
        steps.append(
            NextStep(
                "people_to_invite",
                "Пригласите сотрудников в портал",
                who,
                url,
                "К списку",
                icon="envelope",
                weight=40,
            )
        )
    if unconsented:
        who = (
            f"{unconsented} {plural(unconsented, 'человек,человека,человек')} в портале без действующего "
            "согласия на обработку данных"
        )
        url = reverse("staff:employees") + "?access=in&consent=none"
        icon = "file-earmark-check"
        steps.append(
            NextStep(
                "consents_missing",
                "Соберите согласия на обработку данных",
                who,
                url,
                "К списку",
                icon=icon,
                weight=60,
            )
        )
    return steps


def _own(by: Actor) -> list[NextStep]:
    if home_numbers(by)["own consents"]:
        return []
    me = employee_of(by)
    if me is None:
        return []
    return [
        NextStep(
            "own_consent",
            "Подпишите согласие на обработку данных",
            "Отдельный документ: распечатайте, подпишите и приложите скан. Отозвать можно в любой день.",
            reverse("staff:employee", args=[me.uuid]),
            "К согласию",
            icon="file-earmark-check",
            weight=70,
        )
    ]
