"""Who works here, who holds which office, what people agreed to."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.lookups import IsNull

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.once import once_a_page
from portal.municipality.reference import DEPUTY, PRINCIPAL_POSITION
from portal.staff.models import Employee, EmployeeOffice, PersonalConsent
from portal.staff.states import ConsentKind, ConsentState


@once_a_page
def employee_of(by: Actor) -> Employee | None:
    """The actor as an employee of this school; None for whoever is not one."""
    return Employee.objects.prefetch_related("positions").filter(user=by.user).first() if by.user else None


def working_employees() -> QuerySet[Employee]:
    """Those who work here today, in the order of names, with their positions."""
    return Employee.objects.working().prefetch_related("positions").order_by("name_key", "id")


def staff_on(on: dt.date | None = None) -> QuerySet[Employee]:
    """Those who work in the school on the day (today, if none is named): hired by then, and not dismissed.
    Every figure of people asks here.
    """
    day = on or clock.today()
    return Employee.objects.working(day).exclude(hired_on__gt=day)


def young_on(on: dt.date | None = None) -> QuerySet[Employee]:
    """Young teachers of the day."""
    return staff_on(on).filter(pk__in=Employee.objects.young().values("pk"))


def employees_visible_to(by: Actor) -> QuerySet[Employee]:
    """The list of people for the actor, with what a row of it shows."""
    return Employee.objects.visible_to(by).working().prefetch_related("positions", "invitations", "consents")


def not_invited() -> list[Employee]:
    """Working people with an address who have neither an account nor a living invitation."""
    waiting = (
        Employee.objects.working()
        .filter(user=None)
        .exclude(email="")
        .prefetch_related("positions", "invitations")
    )
    return [
        person
        for person in waiting
        if not any(i.condition in ("asked", "sent") for i in person.invitations.all())
    ]


def deputies() -> QuerySet[Employee]:
    """Deputy principals: only they may be the curator (Положение 6.1)."""
    return working_employees().filter(positions__position=DEPUTY).distinct()


def principal_now() -> Employee | None:
    """Whose signature stands under orders."""
    return principals().first()


def principals() -> QuerySet[Employee]:
    """Whoever stands as the principal among the people, the one in the portal first."""
    heads = working_employees().filter(positions__position=PRINCIPAL_POSITION)
    return heads.order_by(IsNull(F("user"), True), "id")


def curators_now() -> list[Employee]:
    """Those who hold the office of curator today."""
    return office_now("curator")


def office_now(office: str) -> list[Employee]:
    """Those who hold the office today."""
    return list(serving_as(office))


def serving_as(office: str) -> QuerySet[Employee]:
    """The same as rows of a query, for whoever wants less of them."""
    held = EmployeeOffice.objects.filter(EmployeeOffice.valid_on(clock.today()), office=office)
    return working_employees().filter(offices__in=held).distinct()


def by_access(rows: QuerySet[Employee], how: str) -> QuerySet[Employee]:
    """Those in the portal, invited, or not: what the list is narrowed by and what «Что дальше» counts."""
    outside = rows.filter(user=None)
    match how:
        case "in":
            return rows.exclude(user=None)
        case "invited":
            return outside.filter(invitations__isnull=False).distinct()
        case "none":
            return outside.filter(invitations=None)
        case "mail":
            return outside.filter(invitations=None).exclude(email="")
    return rows


def by_consent(rows: QuerySet[Employee], how: str) -> QuerySet[Employee]:
    """With a consent to processing in force («given»), or without one («none»)."""
    there = Exists(consents_in_force(ConsentKind.PROCESSING).filter(employee=OuterRef("pk")))
    match how:
        case "given":
            return rows.filter(there)
        case "none":
            return rows.filter(~there)
    return rows


def curator_is_appointed() -> bool:
    """True from the registration of the order, even if the office begins later."""
    return appointed_curators().exists()


def appointed_curators() -> QuerySet[EmployeeOffice]:
    return EmployeeOffice.objects.filter(office=Office.CURATOR).exclude(valid_to__lt=clock.today())


def consents_in_force(kind: str) -> QuerySet[PersonalConsent]:
    """Consents of this kind that are given and in force today."""
    return PersonalConsent.objects.filter(kind=kind, state=ConsentState.GIVEN).exclude(
        valid_until__lt=clock.today()
    )


def allowed_to_publish(employees: Iterable[Employee]) -> dict[int, set[str]]:
    """What each person lets be published today (codes of T-29), by the employee's pk; whoever allows nothing
    is not there. One query.
    """
    given = consents_in_force(ConsentKind.DISTRIBUTION).filter(employee__in=list(employees))
    allowed: dict[int, set[str]] = {}
    for employee, codes in given.values_list("employee", "data_allowed"):
        allowed.setdefault(employee, set()).update(codes)
    return allowed


def has_consent(employee: Employee, kind: str) -> bool:
    """True if the person's consent of this kind is given and in force today."""
    return consents_in_force(kind).filter(employee=employee).exists()


def portal_word(employee: Employee) -> tuple[str, str]:
    """(kind of the sign, words): whether the person is in the portal. Reads prefetched `invitations`."""
    if employee.user is not None:
        return "ok", "в портале"
    last = max(employee.invitations.all(), key=lambda invitation: invitation.pk, default=None)
    if last is None:
        said = {"m": "не приглашён", "f": "не приглашена"}
        return "idle", said.get(employee.gender, "нет приглашения")
    return {
        "asked": ("turn", "письмо готовится"),
        "sent": ("turn", "ждём ответа"),
        "expired": ("warn", "срок приглашения вышел"),
    }.get(last.condition, ("ok", "приглашение принято"))


def consents_of(employee: Employee) -> list[PersonalConsent]:
    """The newest consent of each kind."""
    newest: dict[str, PersonalConsent] = {}
    for consent in PersonalConsent.objects.filter(employee=employee).order_by("id"):
        newest[consent.kind] = consent
    return list(newest.values())
