"""Certificates of the bank (T-27): authors get theirs when a practice is published, experts one for their
work in a school year.

An expert's certificate says a year and a number of sheets, no practice and no day of a decision: nobody can
tell from it whose practice was judged. It is issued after the year by itself, earlier when the expert asks.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from best_practices.models import Practice, Review
from best_practices.states import GONE
from best_practices.workflow import PRACTICE
from portal.accounts.models import Membership, User
from portal.accounts.offices import CITY_OFFICES, PRECEDENCE
from portal.certificates.claims import Claim
from portal.certificates.models import Certificate
from portal.certificates.services import Holder, Signer, Wanted, issue
from portal.certificates.states import CertificateKind
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.core.person_names import SMALL
from portal.core.reading import weighing
from portal.core.school_year import SchoolYear
from portal.core.text import quoted
from portal.core.workflow import Move, On
from portal.documents.forms.base import NamedPerson
from portal.municipality.models import DepartmentName
from portal.ui.words import plural

# ── Authors ─────────────────────────────────────────────────────────────────────────────────────────


def certify_authors(practice: Practice, move: Move[Any]) -> None:
    """Each author once: published again, the practice gives no second certificate."""
    title, signer = quoted(practice.title), _signer(move.by)
    deed = (
        f"за практику {title} ({practice.school.short_name}), опубликованную в банке лучших практик "
        f"наставничества под № {practice.code}"
    )
    for key, holder in _authors(practice):
        wanted = Wanted(
            kind=CertificateKind.AUTHOR,
            ground=f"practice:{practice.practice}:{key}",
            holder=holder,
            deed=deed,
            issuer=DepartmentName.here().name,
            signer=signer,
        )
        issue(wanted, by=move.by)


def _authors(practice: Practice) -> Iterator[tuple[str, Holder]]:
    """Each with what tells the author from the others; the account is the one that serves under the author's
    number in the school.
    """
    numbers: list[UUID | None] = list(practice.author_people)
    if len(numbers) != len(practice.authors):
        numbers = [None] * len(practice.authors)
    served = Membership.objects.filter(school=practice.school, person__in=practice.author_people)
    accounts = dict(served.order_by("pk").values_list("person", "user_id"))
    for place, (author, person) in enumerate(zip(practice.authors, numbers, strict=True)):
        account = accounts.get(person)
        named = _named(author["full_name"], account)
        holder = Holder(named=named, account=account, school=practice.school, person=person)
        yield str(person or place), holder


def _named(full_name: str, account: UUID | None) -> NamedPerson:
    """The parts of a name that the school has handed over whole; where they are not certain, it stands as it
    is.
    """
    with weighing():
        user = User.objects.filter(pk=account).first() if account else None
    if user is not None and user.full_name == full_name:
        return _whole(user)
    last, *others = full_name.split()
    if len(others) not in (1, 2) or last.lower() in SMALL:
        return NamedPerson(last=full_name, first="", name_cases={"dative": full_name})
    return NamedPerson(last=last, first=others[0], middle=" ".join(others[1:]))


def _signer(by: Actor) -> Signer | None:
    """Whoever makes the step, by the office of the city."""
    with weighing():
        user = User.objects.filter(pk=by.user).first() if by.user else None
    if user is None:
        return None
    office = next((one for one in PRECEDENCE if one in CITY_OFFICES and one in by.offices), None)
    post = str(office.label) if office else ""
    return Signer(named=replace(_whole(user), post=post[:1].upper() + post[1:]), account=user.pk)


def _whole(user: User) -> NamedPerson:
    return NamedPerson(last=user.last_name, first=user.first_name, middle=user.middle_name)


# ── Experts ─────────────────────────────────────────────────────────────────────────────────────────


def certify_expert(expert: UUID, year: SchoolYear, *, by: Actor) -> Certificate:
    """For the sheets of a school year that have served a decision so far. Raises Conflict when there are
    none, or when the certificate of this year was revoked; Forbidden for whoever was never asked to judge.
    """
    if not Review.objects.filter(expert=expert).exists():
        raise Forbidden("Сертификат эксперта получает тот, кто оценивал практики города.")
    count = sheets_of(expert, year)
    if not count:
        raise Conflict("nothing_judged", "Сертификат выдают, когда по сданному вами листу приняли решение.")
    with weighing():
        user = User.objects.get(pk=expert)
    wanted = Wanted(
        kind=CertificateKind.EXPERT,
        ground=_ground(expert, year),
        holder=Holder(named=_whole(user), account=expert),
        deed=_deed(year, count),
        issuer=DepartmentName.here().name,
    )
    return issue(wanted, by=by)


def judged(year: SchoolYear) -> QuerySet[Review]:
    """Sheets handed in within the year whose practice has been decided about since: by the decision alone,
    whatever states a sheet goes through.
    """
    decided = Q(revision__lt=F("practice__revision")) | Q(practice__decided_on__isnull=False)
    within = Q(submitted_at__date__gte=year.starts_on, submitted_at__date__lte=year.ends_on)
    return Review.objects.filter(decided, within).exclude(state__in=GONE)


def sheets_of(expert: UUID, year: SchoolYear) -> int:
    """How many of them are this expert's: what the certificate says."""
    return judged(year).filter(expert=expert).count()


def _ground(expert: UUID, year: SchoolYear) -> str:
    return f"expert:{expert}:{year.first}"


def _deed(year: SchoolYear, count: int) -> str:
    sheets = plural(count, "экспертный лист,экспертных листа,экспертных листов")
    return f"за экспертизу практик наставничества: {count} {sheets} в {year} учебном году"


def certify_experts(by: Actor) -> None:
    """Each night: for the school year that is over, whoever has judged in it and has no certificate of all of
    it. A sheet that was decided about later is added.
    """
    year = SchoolYear(SchoolYear.current().first - 1)
    for expert in sorted(judged(year).order_by().values_list("expert", flat=True).distinct()):
        last = _last(expert, year)
        if last is None or last.is_valid:
            certify_expert(expert, year, by=by)


def claim_of_expert(by: Actor) -> Claim | None:
    """A certificate of the present year, when there is something to say that the last one does not."""
    year = SchoolYear.current()
    count = sheets_of(by.user, year) if by.user else 0
    last = _last(by.user, year) if count and by.user else None
    if not count or (last is not None and (not last.is_valid or last.deed == _deed(year, count))):
        return None
    said = f"{count} {plural(count, 'экспертный лист,экспертных листа,экспертных листов')}"
    later = " Прежний сертификат этого года новый заменит." if last else ""
    return Claim(
        title=f"Сертификат эксперта за {year} учебный год",
        text=f"В нём будет: {said}. Практики и авторы не названы. После учебного года он придёт сам.{later}",
        button="Получить сейчас",
        url=reverse("expertise:certificate"),
    )


def _last(expert: UUID, year: SchoolYear) -> Certificate | None:
    return Certificate.objects.filter(ground=_ground(expert, year)).order_by("-pk").first()


FOLLOWS = (
    On(PRACTICE, "publish", certify_authors, why="Авторам опубликованной практики выдают сертификаты."),
)
