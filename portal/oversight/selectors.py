"""What the city sees of all schools: a constant number of queries, public tables only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum

from best_practices.models import BankPractice, Practice
from portal.core import clock
from portal.municipality.figures import with_answers
from portal.municipality.indicators import FORMS_OF_MENTORING, Share
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, SchoolCounters
from portal.municipality.selectors import last_forms, schools_by_state
from portal.municipality.states import CampaignState, ReceivedState
from tenants.models import School, SchoolState

FRESH = dt.timedelta(days=3)
DAYS_SHOWN = 10
CAMPAIGNS_SHOWN = 6
_CLOSED = (SchoolState.DRAFT, SchoolState.DOCS_SIGNED, SchoolState.ARCHIVED)


@dataclass(frozen=True)
class SchoolLine:
    """A school as the city knows it: accepted numbers of the campaign, agreed counters, and where its form
    is.
    """

    school: School
    form: ReceivedForm | None
    accepted: dict[str, dict[str, int | None]]
    counters: SchoolCounters | None
    was_asked: bool
    published: int
    """Cards in the city's own bank today: R04 of an accepted form says how many there were on its day."""

    def figure(self, code: str, key: str) -> int | None:
        return self.accepted.get(code, {}).get(key)

    @property
    def young(self) -> Share:
        return Share(self.figure("A01", "young_covered"), self.figure("A01", "young_total"))

    @property
    def involved(self) -> Share:
        return Share(self.figure("A02", "involved"), self.figure("A02", "workers"))

    @property
    def pairs(self) -> int | None:
        """Today's agreed counter; without it the accepted form."""
        if self.counters is not None and self.counters.active_pairs is not None:
            return self.counters.active_pairs
        return total(self.figure("A05", key) for key, _ in FORMS_OF_MENTORING)

    @property
    def in_bank(self) -> int | None:
        if self.counters is not None and self.counters.school_practices is not None:
            return self.counters.school_practices
        return self.figure("R04", "in_school_bank")

    @property
    def is_joining(self) -> bool:
        """Only connecting: nothing is waited for from it yet."""
        return self.school.state not in (SchoolState.ACTIVE, SchoolState.SUSPENDED)

    @property
    def form_word(self) -> str:
        """Only what the city may know: «не сдана», «сдана», «принята», «возвращена» (decisions.md)."""
        if self.form is not None:
            return str(self.form.get_state_display())
        if self.was_asked and self.is_joining:
            return "ещё подключается"
        return "не сдана" if self.was_asked else "не спрашивали"

    @property
    def form_state(self) -> str:
        if self.form is not None:
            return str(self.form.state)
        return "missing" if self.was_asked and not self.is_joining else ""


def total(numbers: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def shared(shares: Iterable[Share]) -> Share:
    """Σ numerators / Σ denominators over schools that gave both, never a mean of percents (domain.md
    §7.5).
    """
    known = [share for share in shares if share.part is not None and share.whole]
    return Share(total(share.part for share in known), total(share.whole for share in known))


@dataclass(frozen=True)
class Collected:
    """From what the shares are: the campaign, how many schools it asked, how many are accepted, and the day
    of the last of them.
    """

    campaign: MonitoringCampaign | None = None
    asked: int = 0
    accepted: int = 0
    accepted_on: dt.date | None = None

    @property
    def enough(self) -> bool:
        """Half of the asked schools: with fewer, a share says more of who was first than of the city."""
        return self.accepted > 0 and self.accepted * 2 >= self.asked

    @property
    def words(self) -> str:
        """«принято у 9 из 12»."""
        return f"принято у {self.accepted} из {self.asked}"


@dataclass(frozen=True)
class Overview:
    """Everything the city's page shows: forms of `campaign`, shares of `shares_from` (the newest with enough
    accepted forms).
    """

    campaign: MonitoringCampaign | None
    lines: list[SchoolLine]
    shares_from: Collected = field(default_factory=lambda: Collected())
    by_day: list[dict[str, Any]] = field(default_factory=list)
    coverage: list[tuple[MonitoringCampaign, Share]] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        """Whether shares of the city may be said."""
        return self.shares_from.enough

    @property
    def too_early(self) -> bool:
        """Something is accepted, and it is too little to compare."""
        return self.shares_from.accepted > 0 and not self.enough

    @property
    def young(self) -> Share:
        return shared(line.young for line in self.lines)

    @property
    def involved(self) -> Share:
        return shared(line.involved for line in self.lines)

    @property
    def pairs(self) -> int | None:
        return total(line.pairs for line in self.lines)

    @property
    def published(self) -> int:
        return sum(line.published for line in self.lines)

    @property
    def in_bank(self) -> int | None:
        return total(line.in_bank for line in self.lines)

    @property
    def working(self) -> int:
        return sum(1 for line in self.lines if line.school.state == SchoolState.ACTIVE)

    @property
    def suspended(self) -> int:
        return sum(1 for line in self.lines if line.school.state == SchoolState.SUSPENDED)

    @property
    def asked(self) -> list[SchoolLine]:
        return [line for line in self.lines if line.was_asked]

    @property
    def accepted(self) -> list[SchoolLine]:
        return [line for line in self.lines if line.form_state == ReceivedState.ACCEPTED]

    @property
    def counted_on(self) -> dt.date | None:
        return max((line.counters.counted_on for line in self.lines if line.counters), default=None)

    def pairs_by_form(self) -> list[tuple[str, int | None]]:
        return [
            (label, total(line.figure("A05", key) for line in self.lines))
            for key, label in FORMS_OF_MENTORING
        ]


def overview(campaign: MonitoringCampaign | None, shares_from: MonitoringCampaign | None = None) -> Overview:
    """The page: forms of a campaign (None: no campaign yet), shares of the same or of another one; nine
    queries however many schools there are.
    """
    rows = list(schools_by_state().exclude(state__in=_CLOSED))
    source = shares_from or campaign
    forms = last_forms(campaign) if campaign else {}
    asked = _asked({campaign, source} - {None})
    accepted = _accepted([source]).get(source.pk, {}) if source else {}
    counters = _last_counters()
    bank = dict(
        Practice.objects.filter(practice__in=BankPractice.objects.values("practice"))
        .values_list("school")
        .annotate(Count("pk"))
    )
    lines = [
        SchoolLine(
            s,
            forms.get(s.pk),
            _figures(accepted.get(s.pk)),
            counters.get(s.pk),
            _was_asked(asked, campaign, s),
            bank.get(s.pk, 0),
        )
        for s in rows
    ]
    return Overview(campaign, lines, _collected(source, asked, accepted), _by_day(), _coverage())


def _asked(campaigns: set[Any]) -> dict[int, set[int]]:
    """Keys of the schools that each campaign asked; one query."""
    found: dict[int, set[int]] = {}
    for campaign, school in CampaignSchool.objects.filter(campaign__in=campaigns).values_list(
        "campaign_id", "school_id"
    ):
        found.setdefault(campaign, set()).add(school)
    return found


def _was_asked(asked: dict[int, set[int]], campaign: MonitoringCampaign | None, school: School) -> bool:
    return campaign is not None and school.pk in asked.get(campaign.pk, set())


def _collected(
    source: MonitoringCampaign | None, asked: dict[int, set[int]], accepted: dict[int, ReceivedForm]
) -> Collected:
    if source is None:
        return Collected()
    days = [clock.local(form.checked_at).date() for form in accepted.values() if form.checked_at]
    return Collected(source, len(asked.get(source.pk, set())), len(accepted), max(days, default=None))


def newest_and_enough() -> tuple[MonitoringCampaign | None, MonitoringCampaign | None]:
    """The newest campaign, whose forms are shown, and the newest with enough accepted forms, whose shares are
    said; one query.
    """
    rows = list(with_answers(campaigns_to_show())[:CAMPAIGNS_SHOWN])
    newest = rows[0] if rows else None
    enough = next((row for row in rows if Collected(row, row.asked, row.accepted).enough), None)
    return newest, enough or newest


def _figures(form: ReceivedForm | None) -> dict[str, dict[str, int | None]]:
    return {value["indicator"]: value["declared"] for value in form.values} if form is not None else {}


def _accepted(campaigns: list[MonitoringCampaign]) -> dict[int, dict[int, ReceivedForm]]:
    """Accepted snapshots by campaign and school; only they are counted."""
    rows = ReceivedForm.objects.filter(campaign__in=campaigns, state=ReceivedState.ACCEPTED)
    found: dict[int, dict[int, ReceivedForm]] = {}
    for row in rows.order_by("campaign_id", "school_id", "revision"):
        found.setdefault(row.campaign_id, {})[row.school_id] = row
    return found


def _last_counters() -> dict[int, SchoolCounters]:
    """The newest agreed numbers of each school, in one query."""
    return {
        row.school_id: row
        for row in SchoolCounters.objects.order_by("school_id", "-counted_on").distinct("school_id")
    }


def _by_day() -> list[dict[str, Any]]:
    """Sums of agreed counters on the last days, oldest first, with how many schools sent them."""
    rows = SchoolCounters.objects.values("counted_on").annotate(
        pairs=Sum("active_pairs"), young=Sum("young_teachers"), schools=Count("school")
    )
    return [dict(row) for row in rows.order_by("-counted_on")[:DAYS_SHOWN]][::-1]


def _coverage() -> list[tuple[MonitoringCampaign, Share]]:
    """A01 of the last campaigns that have enough accepted forms to be compared, oldest first."""
    rows = list(with_answers(campaigns_to_show())[:CAMPAIGNS_SHOWN])[::-1]
    campaigns = [row for row in rows if Collected(row, row.asked, row.accepted).enough]
    accepted = _accepted(campaigns)
    return [
        (campaign, _share_of(accepted.get(campaign.pk, {})))
        for campaign in campaigns
        if "A01" in campaign.indicators
    ]


def _share_of(forms: dict[int, ReceivedForm]) -> Share:
    figures = [_figures(form).get("A01", {}) for form in forms.values()]
    return shared(Share(row.get("young_covered"), row.get("young_total")) for row in figures)


def campaigns_to_show() -> QuerySet[MonitoringCampaign]:
    """Campaigns that have begun, the newest first."""
    return MonitoringCampaign.objects.filter(state__in=[CampaignState.OPEN, CampaignState.CLOSED]).order_by(
        "-open_from", "-pk"
    )
