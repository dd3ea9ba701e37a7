"""«Что дальше» about people: the list, the rows to mend, the invitations, the consents."""

import datetime as dt

from django.urls import reverse
from django.utils.text import capfirst

from portal.accounts.offices import HAND_OFFICES, Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import Rows, home_numbers
from portal.core.next_steps import Holder, NextStep
from portal.municipality.reference import DEPUTY
from portal.staff.models import Absence, Person, PersonOffice, StaffImport
from portal.staff.models.absences import overdue
from portal.staff.models.stays import ending_stays
from portal.staff.queues import queues_of
from portal.staff.selectors.holders import Holders
from portal.staff.selectors.offices import ended_of_late, ending_soon, not_joined
from portal.staff.selectors.people import (
    access_questions,
    appointed_curators,
    by_access,
    by_consent,
    consents_in_force,
    person_of,
    staff_on,
    unanswered,
)
from portal.staff.states import ConsentKind, ImportState
from portal.ui.words import plural

SHOWN = 5
CURATORS = "curators"
"""How many are appointed: the next step of the whole school may be to have one."""
OVERDUE = "absences overdue"
NEWCOMERS = "newcomers"
QUESTIONS = "access questions"
STAYS = "stays that end"
ASKED_AHEAD = dt.timedelta(days=30)
"""So long before the last day of a guest it is asked what follows."""
LETTER_PATIENCE = dt.timedelta(days=5)
"""So long an invitation may lie in the mail before the principal is asked to look after it."""


def numbers(by: Actor) -> Rows:
    """People to invite and consents that are missing; the reader's own consent."""
    people = Person.objects.not_left()
    found: Rows = {CURATORS: appointed_curators()}
    if by.can("person:import"):
        found["uninvited"] = by_access(people, "mail")
        found[OVERDUE] = overdue()
        found[STAYS] = ending_stays(ASKED_AHEAD)
        found["unconsented"] = by_consent(by_access(people, "in"), "none")
    if by.can("person:invite"):
        found[NEWCOMERS] = unanswered()
    if by.can("account:mend"):
        found[QUESTIONS] = access_questions(by)
    if by.can("office:give"):
        found |= {"offices that end": ending_soon(), "offices without their person": not_joined()}
        found["offices that ended"] = ended_of_late()
    own = consents_in_force(ConsentKind.PROCESSING).filter(person__user=by.user)
    return {**found, "own consents": own} if by.user else found


def next_steps(by: Actor) -> list[NextStep]:
    """At most eight queries, whatever the size of the school."""
    steps: list[NextStep] = []
    if by.can("deputy:enter"):
        steps += _principal(by)
    if by.can("office:give"):
        steps += _offices(home_numbers(by))
    if by.can("person:invite"):
        steps += _newcomers(home_numbers(by))
    if by.can("account:mend"):
        steps += _access_questions(by)
    if by.can("person:import"):
        steps += _import(by) + _people(by) + _overdue(home_numbers(by)) + _guests(home_numbers(by))
    if by.user:
        steps += _own(by)
    return steps


def _guests(numbers: dict[str, int]) -> list[NextStep]:
    """The last day of a guest comes: the stay is prolonged by another document, or it ends."""
    ending = ending_stays(ASKED_AHEAD).select_related("person") if numbers[STAYS] else ()
    return [
        NextStep(
            "stay_ending",
            f"Решите, остаётся ли гость: {stay.person.short_name}",
            f"{capfirst(stay.mark)}. С последним днём закончатся права, а пары этого человека прекратятся. "
            "Продлите дни по новому документу или оставьте как есть.",
            reverse("staff:stay", args=[stay.uuid]),
            "К дням гостя",
            due=stay.ended_on,
            icon="person-lines-fill",
            weight=40,
        )
        for stay in ending[:SHOWN]
    ]


def _newcomers(numbers: dict[str, int]) -> list[NextStep]:
    """Somebody stands at the door: nobody else can say whether it is the one who was invited."""
    return [
        NextStep(
            "newcomer_waits",
            newcomer.words,
            "Пока вы не ответите, один это человек или нет, войти в школу по приглашению нельзя.",
            reverse("staff:newcomer", args=[newcomer.uuid]),
            "Ответить",
            waiting_since=clock.local(newcomer.created_at).date(),
            icon="person-check",
            weight=12,
        )
        for newcomer in (unanswered()[:SHOWN] if numbers[NEWCOMERS] else ())
    ]


def _access_questions(by: Actor) -> list[NextStep]:
    """Another school waits for the principal's word."""
    return [
        NextStep(
            "access_asked",
            f"{asked.asked_by} просит вернуть вход: {asked.person.short_name}",
            "Человек служит и у вас, поэтому без вашего согласия ничего не изменится. " + asked.till_when,
            reverse("staff:access_question", args=[asked.uuid]),
            "Ответить",
            due=asked.answer_due,
            waiting_since=clock.local(asked.created_at).date(),
            icon="person-check",
            weight=15,
        )
        for asked in (access_questions(by)[:SHOWN] if home_numbers(by)[QUESTIONS] else ())
    ]


def _principal(by: Actor) -> list[NextStep]:
    if home_numbers(by)[CURATORS] or Person.objects.not_left().holding(DEPUTY).exists():
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
            f"{held.person.short_name}: срок заканчивается. Продлите его или дайте должность другому.",
            reverse("staff:office", args=[held.uuid]),
            "К должности",
            due=held.valid_to,
            icon="person-check",
            weight=35,
        )
        for held in (ending_soon()[:SHOWN] if numbers["offices that end"] else ())
    ]
    ending += [_of_ended(held) for held in (ended_of_late()[:SHOWN] if numbers["offices that ended"] else ())]
    absent = not_joined()[:SHOWN] if numbers["offices without their person"] else ()
    return ending + [_of_absent(held) for held in absent] + _vacant()


def _of_ended(held: PersonOffice) -> NextStep:
    """Its day is over, and nobody holds it: it is not vacant in silence."""
    office = Office(held.office)
    url = f"{reverse('staff:office_new')}?office={office.value}"
    if office == Office.CURATOR:
        url = reverse("local_acts:curator")
    return NextStep(
        "office_ended",
        f"Должность освободилась: {office.label}",
        f"{held.person.short_name}: срок закончился {held.valid_to:%d.%m.%Y}. Дайте должность на новый срок "
        "или другому человеку.",
        url,
        "Дать должность",
        waiting_since=held.valid_to,
        icon="person-plus",
        weight=30,
    )


def _of_absent(held: PersonOffice) -> NextStep:
    """An office whose person has not entered the portal: first the letter is waited for, then the principal
    asks.
    """
    name, since = held.person.short_name, clock.local(held.created_at).date()
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
    url = reverse("staff:person", args=[held.person.uuid])
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
    """Offices which nobody at work holds while something waits for them. Queries only for those."""
    holders = Holders.here()
    steps = []
    for office in HAND_OFFICES:
        counted = [] if holders.has(office) else [(queue, queue.waiting()) for queue in queues_of(office)]
        waiting = [(queue, count) for queue, count in counted if count]
        if waiting:
            what = ", ".join(f"{count} {plural(count, queue.names)}" for queue, count in waiting)
            hints = " ".join(queue.otherwise for queue, _ in waiting if queue.otherwise)
            why = f"{capfirst(holders.why_nobody(office))}, а ждут: {what}. {hints}".strip()
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
        url = reverse("staff:people") + "?access=mail"
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
        url = reverse("staff:people") + "?access=in&consent=none"
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


def _overdue(numbers: dict[str, int]) -> list[NextStep]:
    """Nobody is taken for returned because a day has passed: whoever keeps the list says it."""
    if not numbers[OVERDUE]:
        return []
    rows = overdue().select_related("person").order_by("expected_until", "id")[:SHOWN]
    return [_back_or_not(absence) for absence in rows]


def _back_or_not(absence: Absence) -> NextStep:
    name = absence.person.short_name
    return NextStep(
        "absence_overdue",
        f"{name}: пора ли на работу?",
        f"По плану {absence.kind_title} уже позади. Отметьте последний день или новый срок.",
        reverse("staff:absence", args=[absence.uuid]),
        "К отсутствию",
        due=absence.expected_until,
        icon="calendar-x",
        weight=32,
    )


def _own(by: Actor) -> list[NextStep]:
    if home_numbers(by)["own consents"]:
        return []
    me = person_of(by)
    if me is None:
        return []
    return [
        NextStep(
            "own_consent",
            "Подпишите согласие на обработку данных",
            "Отдельный документ: распечатайте, подпишите и приложите скан. Отозвать можно в любой день.",
            reverse("staff:person", args=[me.uuid]),
            "К согласию",
            icon="file-earmark-check",
            weight=70,
        )
    ]
