"""Who works here, who holds which office, what people agreed to."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.once import once_a_page
from portal.core.sorting import folded
from portal.municipality.reference import DEPUTY, PRINCIPAL_POSITION
from portal.staff.models import (
    WORK,
    AccessQuestion,
    FormerName,
    Newcomer,
    Person,
    PersonalConsent,
    PersonOffice,
)
from portal.staff.models.names import former_names
from portal.staff.states import ConsentKind, ConsentState


@once_a_page
def person_of(by: Actor) -> Person | None:
    """The actor as a person of this school; None for whoever is not one."""
    return Person.objects.prefetch_related(WORK).filter(user=by.user).first() if by.user else None


def working_people() -> QuerySet[Person]:
    """Those who work here or are about to, in the order of names, with their positions: whom one may choose
    for a task.
    """
    return _by_name(Person.objects.available())


def people_at_hand() -> QuerySet[Person]:
    """The same with guests in the days of their stay: whom one may choose for a pair."""
    return _by_name(Person.objects.at_hand())


def guests_visible_to(by: Actor) -> QuerySet[Person]:
    """Guests of today and of days to come."""
    staff = Person.objects.not_left().values("pk")
    return _by_name(Person.objects.visible_to(by).of_school().exclude(pk__in=staff))


def guests_of_before(by: Actor) -> QuerySet[Person]:
    """Whose days as a guest are over, and who has nothing to do with the school now."""
    here = Person.objects.of_school().values("pk")
    rows = Person.objects.visible_to(by).filter(stays__isnull=False).exclude(pk__in=here).distinct()
    return rows.prefetch_related("stays").order_by("name_key", "id")


def employed_people() -> QuerySet[Person]:
    """The same with those who are away: who may be named, but not be waited for."""
    return _by_name(Person.objects.not_left())


def _by_name(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.prefetch_related(WORK).order_by("name_key", "id")


def staff_on(on: dt.date | None = None) -> QuerySet[Person]:
    """Those who work in the school on the day (today, if none is named): hired by then, not dismissed, and
    not away for long. Every figure of people asks here.
    """
    return Person.objects.working(on)


def young_on(on: dt.date | None = None, *, by_city: bool = False) -> QuerySet[Person]:
    """Young teachers of the day, by the term of the school, or of the city where the city counts."""
    return Person.objects.working(on).young(on, by_city=by_city)


def people_visible_to(by: Actor) -> QuerySet[Person]:
    """The list of people for the actor, with what a row of it shows."""
    rows = Person.objects.visible_to(by).not_left().in_order_of_work()
    return rows.prefetch_related(WORK, "invitations", "consents")


def not_invited() -> list[Person]:
    """People with an address who have neither an account nor a living invitation."""
    waiting = (
        Person.objects.not_left()
        .filter(user=None)
        .exclude(email="")
        .exclude(pk__in=unanswered().values("person"))
        .prefetch_related(WORK, "invitations")
    )
    return [
        person
        for person in waiting
        if not any(i.condition in ("asked", "sent") for i in person.invitations.all())
    ]


def unanswered() -> QuerySet[Newcomer]:
    """Those who accepted an invitation under another name, and wait to be recognised."""
    rows = Newcomer.objects.filter(answered_at=None).select_related("person")
    return rows.filter(person__merged_into=None).order_by("created_at", "id")


def access_questions(by: Actor) -> QuerySet[AccessQuestion]:
    """What other schools ask about the way in of people of this one; nobody is asked of oneself."""
    rows = AccessQuestion.objects.filter(answered_at=None, person__merged_into=None)
    return rows.exclude(person__user=by.user).select_related("person").order_by("created_at", "id")


def deputies() -> QuerySet[Person]:
    """Deputy principals: only they may be the curator (Положение 6.1)."""
    return _by_name(Person.objects.available().holding(DEPUTY))


def principal_now() -> Person | None:
    """Whose signature stands under orders."""
    return principals().first()


def principals() -> QuerySet[Person]:
    """Whoever stands as the principal among the people, the one in the portal first."""
    heads = _by_name(Person.objects.not_left().holding(PRINCIPAL_POSITION))
    return heads.order_by(IsNull(F("user"), True), "id")


def curators_now() -> list[Person]:
    """Those who hold the office of curator today."""
    return office_now("curator")


def office_now(office: str) -> list[Person]:
    """Those who hold the office today."""
    return list(serving_as(office))


def serving_as(office: str) -> QuerySet[Person]:
    """The same as rows of a query, for whoever wants less of them."""
    held = PersonOffice.objects.filter(PersonOffice.valid_on(clock.today()), office=office)
    return people_at_hand().filter(offices__in=held).distinct()


def by_access(rows: QuerySet[Person], how: str) -> QuerySet[Person]:
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


def by_presence(rows: QuerySet[Person], how: str, on: dt.date | None = None) -> QuerySet[Person]:
    """At work on the day («here»), or away for long («away»)."""
    match how:
        case "here":
            return rows.filter(pk__in=Person.objects.working(on).values("pk"))
        case "away":
            return rows.filter(pk__in=Person.objects.away(on).values("pk"))
    return rows


def by_consent(rows: QuerySet[Person], how: str) -> QuerySet[Person]:
    """With a consent to processing in force («given»), or without one («none»)."""
    there = Exists(consents_in_force(ConsentKind.PROCESSING).filter(person=OuterRef("pk")))
    match how:
        case "given":
            return rows.filter(there)
        case "none":
            return rows.filter(~there)
    return rows


def curator_is_appointed() -> bool:
    """True from the registration of the order, even if the office begins later."""
    return appointed_curators().exists()


def appointed_curators() -> QuerySet[PersonOffice]:
    return PersonOffice.objects.filter(office=Office.CURATOR).exclude(valid_to__lt=clock.today())


def consents_in_force(kind: str) -> QuerySet[PersonalConsent]:
    """Consents of this kind that are given and in force today."""
    return PersonalConsent.objects.filter(kind=kind, state=ConsentState.GIVEN).exclude(
        valid_until__lt=clock.today()
    )


def allowed_to_publish(people: Iterable[Person]) -> dict[int, set[str]]:
    """What each person lets be published today (codes of T-29), by the person's pk; whoever allows nothing
    is not there. One query.
    """
    given = consents_in_force(ConsentKind.DISTRIBUTION).filter(person__in=list(people))
    allowed: dict[int, set[str]] = {}
    for person, codes in given.values_list("person", "data_allowed"):
        allowed.setdefault(person, set()).update(codes)
    return allowed


def has_consent(person: Person, kind: str) -> bool:
    """True if the person's consent of this kind is given and in force today."""
    return consents_in_force(kind).filter(person=person).exists()


def surname_begins(text: str, *, through: str) -> Q:
    """Rows about people whose name begins so, as they are called now or were before; `through` is the
    relation by which they are reached («mentor»).
    """
    begins = folded(text)
    before = FormerName.objects.filter(name_key__startswith=begins).values("person")
    return Q(**{f"{through}__name_key__startswith": begins}) | Q(**{f"{through}__in": before})


def called_before(person: Person, asked: str) -> str:
    """By which former name the person was found («Иванова»); empty where the present one says it."""
    if all(word in person.name_key for word in folded(asked).split()):
        return ""
    names = former_names().get(person.pk, ())
    found = [one for one in names if any(word in folded(one.full_name) for word in folded(asked).split())]
    return ", ".join(
        one.last_name if one.last_name != person.last_name else one.full_name for one in reversed(found)
    )


def portal_word(person: Person) -> tuple[str, str]:
    """(kind of the sign, words): whether the person is in the portal. Reads prefetched `invitations`."""
    if person.user is not None:
        return "ok", "в портале"
    last = max(person.invitations.all(), key=lambda invitation: invitation.pk, default=None)
    if last is None:
        said = {"m": "не приглашён", "f": "не приглашена"}
        return "idle", said.get(person.gender, "нет приглашения")
    return {
        "asked": ("turn", "письмо готовится"),
        "sent": ("turn", "ждём ответа"),
        "expired": ("warn", "срок приглашения вышел"),
    }.get(last.condition, ("ok", "приглашение принято"))


def consents_of(person: Person) -> list[PersonalConsent]:
    """The newest consent of each kind."""
    newest: dict[str, PersonalConsent] = {}
    for consent in PersonalConsent.objects.filter(person=person).order_by("id"):
        newest[consent.kind] = consent
    return list(newest.values())
