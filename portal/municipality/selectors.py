"""What the department sees of schools, campaigns and the post."""

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from portal.accounts.models import Invitation, Membership
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.sorting import folded
from portal.core.text import whole_number
from portal.exchange import KINDS, Direction
from portal.municipality.dues import Due, dues_of
from portal.municipality.figures import with_answers
from portal.municipality.indicators import INDICATORS, Indicator, percent
from portal.municipality.lateness import Earlier, is_late
from portal.municipality.models import (
    CampaignSchool,
    MonitoringCampaign,
    OfficeInvitation,
    ReceivedForm,
    ReferenceEntry,
)
from portal.municipality.states import Book, CampaignState
from portal.municipality.troubles import in_words
from tenants.mending import stopped_in_schools
from tenants.models import School, SchoolState

ATTENTION = (
    SchoolState.DRAFT,
    SchoolState.DOCS_SIGNED,
    SchoolState.SCHEMA_CREATED,
    SchoolState.PRINCIPAL_JOINED,
    SchoolState.CURATOR_APPOINTED,
    SchoolState.ACT_IN_FORCE,
    SchoolState.STAFF_IMPORTED,
    SchoolState.ACTIVE,
    SchoolState.SUSPENDED,
    SchoolState.ARCHIVED,
)
"""The order of states in lists: SM-17's own. Inside a state by number: no ranking (decisions.md)."""


def schools_by_state(schools: QuerySet[School] | None = None) -> QuerySet[School]:
    """Schools in the house's order: by state, then by number."""
    rank = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(ATTENTION)),
        output_field=IntegerField(),
    )
    rows = School.objects.all() if schools is None else schools
    return rows.annotate(rank=rank).order_by("rank", "number", "name_key", "pk")


def schools_visible_to(by: Actor) -> QuerySet[School]:
    """The list of schools of the city."""
    return schools_by_state() if by.can("school:read") else School.objects.none()


def schools_named(rows: QuerySet[School], text: str) -> QuerySet[School]:
    """Those whose name holds the text, or whose number it is («школа № 9»)."""
    number = whole_number("".join(re.findall("[0-9]", text))[:4])
    match = Q(name_key__contains=folded(text))
    return rows.filter(match if number is None else match | Q(number=number))


def campaigns_visible_to(by: Actor) -> QuerySet[MonitoringCampaign]:
    """Campaigns with what came of them: asked, handed over, accepted; one query."""
    if not by.can("received_form:read"):
        return MonitoringCampaign.objects.none()
    return with_answers(MonitoringCampaign.objects.all()).order_by("-open_from", "-pk")


def received_forms_visible_to(by: Actor) -> QuerySet[ReceivedForm]:
    if not by.can("received_form:read"):
        return ReceivedForm.objects.none()
    return ReceivedForm.objects.select_related("campaign", "school").order_by("-submitted_at", "-pk")


def last_forms(campaign: MonitoringCampaign) -> dict[int, ReceivedForm]:
    """The last revision of each school of the campaign, by the school's key; one query."""
    rows = (
        ReceivedForm.objects.filter(campaign=campaign)
        .order_by("school_id", "-revision")
        .distinct("school_id")
    )
    return {row.school_id: row for row in rows}


@dataclass(frozen=True)
class Participation:
    """A school of a campaign, as the city knows it: «не сдана», «сдана», «принята», «возвращена»
    (decisions.md).
    """

    school: School
    form: ReceivedForm | None
    due: Due | None = None

    @property
    def word(self) -> str:
        return self.form.get_state_display() if self.form else "не сдана"

    @property
    def kind(self) -> str:
        kinds = {
            None: "idle",
            "submitted": "brand",
            "late_submitted": "brand",
            "accepted": "ok",
            "returned": "warn",
        }
        return kinds[self.form.state if self.form else None]


def participations(campaign: MonitoringCampaign) -> list[Participation]:
    """Schools that were asked, by number, each with its last revision, and whether the form is with it; five
    queries.
    """
    forms = last_forms(campaign)
    asked = (
        CampaignSchool.objects.filter(campaign=campaign)
        .select_related("school")
        .order_by("school__number", "school__name_key")
    )
    dues = {due.school.pk: due for due in dues_of([campaign])}
    return [Participation(row.school, forms.get(row.school_id), dues.get(row.school_id)) for row in asked]


@dataclass(frozen=True)
class ShownValue:
    """An indicator of a form in words: what was counted, what was declared, why they differ."""

    indicator: Indicator
    rows: list[tuple[str, int | None, int | None]]
    explanation: str
    share: float | None

    @property
    def differs(self) -> bool:
        return any(counted != declared for _, counted, declared in self.rows)


def shown_values(form: ReceivedForm) -> list[ShownValue]:
    """Values of a received form in the order of the catalogue."""
    return [_shown(value) for value in form.values if value["indicator"] in INDICATORS]


def _shown(value: dict) -> ShownValue:  # type: ignore[type-arg]
    indicator = INDICATORS[value["indicator"]]
    declared, counted = value["declared"], value["counted"]
    rows = [(label, counted.get(key), declared.get(key)) for key, label in indicator.figures]
    share = (
        percent(declared.get(indicator.keys[0]), declared.get(indicator.keys[1]))
        if indicator.is_share
        else None
    )
    return ShownValue(indicator, rows, value.get("explanation", ""), share)


@dataclass(frozen=True)
class Invited:
    """Where the principal's invitation is."""

    sent_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None

    @property
    def is_dead(self) -> bool:
        return self.used_at is None and self.expires_at <= clock.now()


def principal_invitation(school: School) -> Invited | None:
    """The last invitation of the school's principal by the city."""
    row = Invitation.objects.filter(school=school, office=Office.PRINCIPAL).order_by("-created_at").first()
    return Invited(row.created_at, row.expires_at, row.used_at) if row else None


def schools_on_their_way() -> list[School]:
    """Schools that have not come to work yet, each with the time of its principal's last invitation; one
    query.
    """
    last = Invitation.objects.filter(school=OuterRef("pk"), office=Office.PRINCIPAL).order_by("-created_at")
    joining = School.objects.exclude(
        state__in=[SchoolState.ACTIVE, SchoolState.SUSPENDED, SchoolState.ARCHIVED]
    )
    annotated = joining.annotate(
        invited_at=Subquery(last.values("created_at")[:1]),
        invitation_ends=Subquery(last.values("expires_at")[:1]),
    )
    return list(schools_by_state(annotated).select_related("opening"))


def officials_visible_to(by: Actor) -> QuerySet[Membership]:
    """Offices of the city with those who hold or held them."""
    if not by.can("city_office:read"):
        return Membership.objects.none()
    return (
        Membership.objects.filter(school=None)
        .select_related("user")
        .order_by("user__name_key", "-valid_from", "pk")
    )


def office_invitations() -> list[OfficeInvitation]:
    """Letters to the city's people that wait for an answer, the oldest first."""
    return list(OfficeInvitation.objects.select_related("invitation").order_by("created_at", "pk"))


@dataclass(frozen=True)
class StoppedLetter:
    """A letter that could not be applied. The operator sees the kind and the trouble, never the content."""

    uuid: UUID
    title: str
    way: str
    school: School | None
    written_at: dt.datetime
    attempts: int
    trouble: str
    behind: int
    set_aside_at: dt.datetime | None = None
    box: UUID | None = None
    """The school in whose inbox it lies; None is the city's."""

    @property
    def words(self) -> str:
        return in_words(self.trouble)


def stopped_letters() -> list[StoppedLetter]:
    """Letters that stopped or were set aside, in the city's inbox and in those of schools, the oldest first,
    with how many wait behind each.
    """
    inbox = record_model("Inbox")
    rows = list(
        inbox.objects.filter(Q(stopped=True) | ~Q(set_aside_at=None), applied_at=None).order_by("id")[:200]
    )
    theirs = stopped_in_schools()
    schools = {
        school.uuid: school
        for school in School.objects.filter(uuid__in=[row.school for row in (*rows, *theirs)])
    }
    counted = (
        inbox.objects.filter(applied_at=None, set_aside_at=None, topic__in=[row.topic for row in rows])
        .values("topic")
        .annotate(n=Count("id"))
        .order_by()
    )
    waiting = {row["topic"]: row["n"] for row in counted}
    here = [
        StoppedLetter(
            row.uuid,
            _title(row.kind),
            "в город",
            schools.get(row.school),
            row.written_at,
            row.attempts,
            row.trouble,
            waiting.get(row.topic, 1) - 1 if row.stopped else 0,
            row.set_aside_at,
        )
        for row in rows
    ]
    there = [
        StoppedLetter(
            row.uuid,
            _title(row.kind),
            "в школу",
            schools.get(row.school),
            row.written_at,
            row.attempts,
            row.trouble,
            row.behind,
            row.set_aside_at,
            row.school,
        )
        for row in theirs
    ]
    return sorted([*here, *there], key=lambda letter: letter.written_at)


def _title(kind: str) -> str:
    return KINDS[kind].title if kind in KINDS else kind


@dataclass(frozen=True)
class PostHealth:
    """The post in three numbers."""

    waiting: int
    stopped: int
    unsent: int


def post_health() -> PostHealth:
    """How many letters wait in the city's inbox and outbox."""
    inbox, outbox = record_model("Inbox"), record_model("Outbox")
    found = inbox.objects.filter(applied_at=None, set_aside_at=None).aggregate(
        all=Count("id"), stopped=Count("id", filter=Q(stopped=True))
    )
    return PostHealth(
        found["all"] - found["stopped"], found["stopped"], outbox.objects.filter(sent_at=None).count()
    )


def kinds_to_city() -> list:  # type: ignore[type-arg]
    """Kinds of letters which leave schools, acts of people first."""
    return sorted(
        (kind for kind in KINDS.values() if kind.direction is Direction.TO_CITY),
        key=lambda kind: (not kind.act, kind.title),
    )


def came_late(campaign: MonitoringCampaign, school: School, revision: int, handed_at: dt.datetime) -> bool:
    """Whether a revision came after its time, by the department's own days."""
    before = (
        ReceivedForm.objects.filter(campaign=campaign, school=school, revision__lt=revision)
        .order_by("-revision")
        .first()
    )
    earlier = Earlier(before.is_late, before.checked_at) if before is not None and before.checked_at else None
    return is_late(handed_at, due=campaign.due_school, closed_at=campaign.closed_at, earlier=earlier)


def open_campaigns() -> QuerySet[MonitoringCampaign]:
    return MonitoringCampaign.objects.filter(state=CampaignState.OPEN)


def entries_of(book: Book) -> QuerySet[ReferenceEntry]:
    """A reference list in its order, with what is offered no more."""
    return ReferenceEntry.objects.filter(book=book).order_by("place", "pk")
