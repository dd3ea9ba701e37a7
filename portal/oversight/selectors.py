"""What the city sees of all schools: a constant number of queries, public tables only. PostgreSQL counts: no
number here is made by walking the schools.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Func,
    IntegerField,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.lookups import GreaterThan, IsNull

from best_practices.models import BankPractice, Practice
from portal.core import clock
from portal.core.once import once_a_page
from portal.municipality.figures import with_answers
from portal.municipality.indicators import FORMS_OF_MENTORING, Share
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, SchoolCounters
from portal.municipality.selectors import schools_by_state
from portal.municipality.states import CampaignState, ReceivedState
from tenants.models import School, SchoolState

DAYS_SHOWN = 10
CAMPAIGNS_SHOWN = 6
MISSING = "missing"
EVERY = 1_000_000
"""More schools than any city has."""
_CLOSED = (SchoolState.DRAFT, SchoolState.DOCS_SIGNED, SchoolState.ARCHIVED)
_JOINED = (SchoolState.ACTIVE, SchoolState.SUSPENDED)
"""Of the others nothing is waited for yet: they are only connecting."""


INDICATORS = ("A01", "A02", "A05", "R04")
"""What the page takes from an accepted form."""


def declared(code: str) -> Func:
    """Of a form, the numbers that it declares of an indicator."""
    path = Value(f'$[*] ? (@.indicator == "{code}").declared')
    return Func(
        "values",
        path,
        function="jsonb_path_query_first",
        template="%(function)s(%(expressions)s::jsonpath)",
        output_field=JSONField(),
    )


def number(among: Any, *path: str) -> Func:
    """One of the numbers of a JSON object; null where it is not there."""
    way = ",".join(path)
    return Func(among, template=f"(%(expressions)s #>> '{{{way}}}')::integer", output_field=IntegerField())


def figure(code: str, key: str) -> Func:
    """A number of the accepted form of a school (`schools_of`)."""
    return number("accepted", code, key)


def _pairs() -> Coalesce:
    """Today's agreed counter; without it the sum of what is known in the accepted form."""
    given = [figure("A05", form) for form, _ in FORMS_OF_MENTORING]
    whole: Any = sum((Coalesce(one, 0) for one in given), start=Value(0))
    of_form = Case(When(IsNull(Coalesce(*given), False), then=whole), output_field=IntegerField())
    return Coalesce(number("last_counters", "active_pairs"), of_form)


def _in_bank() -> Coalesce:
    return Coalesce(number("last_counters", "school_practices"), figure("R04", "in_school_bank"))


@dataclass(frozen=True)
class SchoolLine:
    """A school as the city knows it: accepted numbers of the campaign, agreed counters, and where its form
    is. `row` is one of `with_figures`.
    """

    row: Any

    @property
    def school(self) -> School:
        return self.row  # type: ignore[no-any-return]

    @property
    def young(self) -> Share:
        return Share(self.figure("A01", "young_covered"), self.figure("A01", "young_total"))

    @property
    def involved(self) -> Share:
        return Share(self.figure("A02", "involved"), self.figure("A02", "workers"))

    def figure(self, code: str, key: str) -> int | None:
        return ((self.row.accepted or {}).get(code) or {}).get(key)

    @property
    def pairs(self) -> int | None:
        return self.row.pairs  # type: ignore[no-any-return]

    @property
    def in_bank(self) -> int | None:
        return self.row.in_bank  # type: ignore[no-any-return]

    @property
    def published(self) -> int:
        return self.row.in_city_bank  # type: ignore[no-any-return]

    @property
    def form_word(self) -> str:
        """Only what the city may know: «не сдана», «сдана», «принята», «возвращена» (decisions.md)."""
        state = self.row.form_state
        if state in ReceivedState.values:
            return str(ReceivedState(state).label)
        if state == MISSING:
            return "не сдана"
        return "ещё подключается" if self.row.was_asked else "не спрашивали"


def schools_of(campaign: MonitoringCampaign | None, source: MonitoringCampaign | None) -> QuerySet[School]:
    """The schools of the page in the house's order: where the form of `campaign` is, and the figures, whose
    shares are from `source`. Each figure of a school is said here, and nowhere else.
    """
    return _schools_of(campaign.pk if campaign else 0, source.pk if source else 0).all()


@lru_cache(maxsize=CAMPAIGNS_SHOWN)
def _schools_of(key: int, source: int) -> QuerySet[School]:
    """The question is made once, for that takes Python longer than the answer takes PostgreSQL. It is never
    asked itself, or it would keep the answer.
    """
    asked = CampaignSchool.objects.filter(campaign=key, school=OuterRef("pk"))
    handed = ReceivedForm.objects.filter(campaign=key, school=OuterRef("pk")).order_by("-revision")
    missing = When(Exists(asked) & Q(state__in=_JOINED), then=Value(MISSING))
    return shown_schools().annotate(
        accepted=_accepted_by_school(source),
        last_counters=_last_counters(),
        was_asked=Exists(asked),
        form_state=Coalesce(
            Subquery(handed.values("state")[:1]), Case(missing, default=Value("")), output_field=CharField()
        ),
    )


def shown_schools() -> QuerySet[School]:
    """Those of the page, in the house's order."""
    return schools_by_state().exclude(state__in=_CLOSED)


def with_figures(schools: QuerySet[School]) -> QuerySet[School]:
    """The same with what a line says; asked for the lines that are shown."""
    own = published().filter(school=OuterRef("pk")).order_by().values("school")
    in_city = Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
    return schools.annotate(pairs=_pairs(), in_bank=_in_bank(), in_city_bank=in_city)


def published() -> QuerySet[Practice]:
    """What schools handed over and the city keeps in its bank today: R04 of an accepted form says how many
    there were on its day.
    """
    return Practice.objects.filter(practice__in=BankPractice.objects.values("practice"))


def _accepted_by_school(campaign: int) -> Subquery:
    """The figures of a school's accepted form; null while there is none."""
    rows = ReceivedForm.objects.filter(campaign=campaign, school=OuterRef("pk"), state=ReceivedState.ACCEPTED)
    last = rows.order_by("-revision").annotate(
        figures=JSONObject(**{code: declared(code) for code in INDICATORS})
    )
    return Subquery(last.values("figures")[:1])


def _last_counters() -> Subquery:
    """The newest agreed numbers of a school."""
    rows = SchoolCounters.objects.filter(school=OuterRef("pk")).order_by("-counted_on")
    numbers = JSONObject(active_pairs="active_pairs", school_practices="school_practices")
    return Subquery(rows.annotate(numbers=numbers).values("numbers")[:1])


def accepted_forms(campaigns: Iterable[int]) -> QuerySet[ReceivedForm]:
    """Accepted snapshots, of each school the last one of a campaign; only they are counted."""
    rows = ReceivedForm.objects.filter(campaign__in=list(campaigns), state=ReceivedState.ACCEPTED)
    return rows.order_by("campaign_id", "school_id", "-revision").distinct("campaign_id", "school_id")


@dataclass(frozen=True)
class Totals:
    """Numbers of some schools together; None is «not known»."""

    schools: int
    working: int
    suspended: int
    asked: int
    accepted: int
    pairs: int | None
    with_pairs: int
    in_bank: int | None
    young: Share
    involved: Share
    by_form: dict[str, int | None]


def totals_of(schools: QuerySet[School]) -> Totals:
    """Of rows of `schools_of`, by one question. Σ numerators / Σ denominators over schools that gave both,
    never a mean of percents (domain.md §7.5).
    """
    each = schools.order_by()[:EVERY]  # a limit: else PostgreSQL would ask anew for each number of a form
    found = each.aggregate(
        n_schools=Count("pk"),
        n_working=Count("pk", filter=Q(state=SchoolState.ACTIVE)),
        n_suspended=Count("pk", filter=Q(state=SchoolState.SUSPENDED)),
        n_asked=Count("pk", filter=Q(was_asked=True)),
        n_accepted=Count("pk", filter=Q(form_state=ReceivedState.ACCEPTED)),
        n_pairs=Sum(_pairs()),
        n_with_pairs=Count(_pairs()),
        n_in_bank=Sum(_in_bank()),
        **_sums("young", figure("A01", "young_covered"), figure("A01", "young_total")),
        **_sums("involved", figure("A02", "involved"), figure("A02", "workers")),
        **{f"n_{form}": Sum(figure("A05", form)) for form, _ in FORMS_OF_MENTORING},
    )
    plain = ("schools", "working", "suspended", "asked", "accepted", "pairs", "with_pairs", "in_bank")
    return Totals(
        **{name: found[f"n_{name}"] for name in plain},
        young=Share(found["n_young_part"], found["n_young_whole"]),
        involved=Share(found["n_involved_part"], found["n_involved_whole"]),
        by_form={label: found[f"n_{form}"] for form, label in FORMS_OF_MENTORING},
    )


def _sums(share: str, part: Func, whole: Func) -> dict[str, Sum]:
    """Of those that gave both."""
    both = Q(IsNull(part, False)) & Q(GreaterThan(whole, 0))
    return {f"n_{share}_part": Sum(part, filter=both), f"n_{share}_whole": Sum(whole, filter=both)}


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
    accepted forms); `schools` are rows of `schools_of`, all or chosen ones.
    """

    campaign: MonitoringCampaign | None
    schools: QuerySet[School]
    shares_from: Collected

    @property
    def enough(self) -> bool:
        """Whether shares of the city may be said."""
        return self.shares_from.enough

    @property
    def too_early(self) -> bool:
        """Something is accepted, and it is too little to compare."""
        return self.shares_from.accepted > 0 and not self.enough

    @cached_property
    def totals(self) -> Totals:
        return totals_of(self.schools)

    @cached_property
    def lines(self) -> list[SchoolLine]:
        """Every school, for a table to take along."""
        return [SchoolLine(row) for row in with_figures(self.schools)]

    @cached_property
    def counted_on(self) -> dt.date | None:
        """The newest day of agreed numbers."""
        rows = SchoolCounters.objects.exclude(school__state__in=_CLOSED).order_by("-counted_on")
        return rows.values_list("counted_on", flat=True).first()

    @property
    def young(self) -> Share:
        return self.totals.young

    @property
    def involved(self) -> Share:
        return self.totals.involved

    @property
    def pairs(self) -> int | None:
        return self.totals.pairs

    @cached_property
    def published(self) -> int:
        return published().filter(school__in=self.schools.order_by().values("pk")).count()

    @property
    def in_bank(self) -> int | None:
        return self.totals.in_bank

    def pairs_by_form(self) -> list[tuple[str, int | None]]:
        return list(self.totals.by_form.items())


def overview(campaign: MonitoringCampaign | None, shares_from: MonitoringCampaign | None = None) -> Overview:
    """The page: forms of a campaign (None: no campaign yet), shares of the same or of another one."""
    source = shares_from or campaign
    return Overview(campaign, schools_of(campaign, source), _collected(source))


def _collected(source: MonitoringCampaign | None) -> Collected:
    if source is None:
        return Collected()
    counted = next((row for row in recent_campaigns() if row == source), None)
    counted = counted or with_answers(MonitoringCampaign.objects.filter(pk=source.pk)).get()
    last = ReceivedForm.objects.filter(pk__in=accepted_forms([source.pk]).values("pk"))
    day = last.aggregate(last=Max("checked_at"))["last"]
    return Collected(source, counted.asked, counted.accepted, clock.local(day).date() if day else None)


@once_a_page
def recent_campaigns() -> list[MonitoringCampaign]:
    """The last campaigns with the numbers of their answers, the newest first; one query."""
    return list(with_answers(campaigns_to_show())[:CAMPAIGNS_SHOWN])


def newest_and_enough() -> tuple[MonitoringCampaign | None, MonitoringCampaign | None]:
    """The newest campaign, whose forms are shown, and the newest with enough accepted forms, whose shares are
    said.
    """
    rows = recent_campaigns()
    newest = rows[0] if rows else None
    enough = next((row for row in rows if Collected(row, row.asked, row.accepted).enough), None)
    return newest, enough or newest


def by_day() -> list[dict[str, Any]]:
    """Sums of agreed counters on the last days, oldest first, with how many schools sent them."""
    every_day = SchoolCounters.objects.order_by("-counted_on").values_list("counted_on", flat=True)
    days = list(every_day.distinct()[:DAYS_SHOWN])
    rows = SchoolCounters.objects.filter(counted_on__gte=min(days, default=clock.today())).values(
        "counted_on"
    )
    sums = rows.annotate(pairs=Sum("active_pairs"), young=Sum("young_teachers"), schools=Count("school"))
    return [dict(row) for row in sums.order_by("counted_on")]


def coverage() -> list[tuple[MonitoringCampaign, Share]]:
    """A01 of the last campaigns that have enough accepted forms to be compared, oldest first."""
    campaigns = [
        row
        for row in recent_campaigns()[::-1]
        if Collected(row, row.asked, row.accepted).enough and "A01" in row.indicators
    ]
    last = accepted_forms([campaign.pk for campaign in campaigns]).values("pk")
    rows = ReceivedForm.objects.filter(pk__in=last).values("campaign")
    covered, total = (number(declared("A01"), key) for key in ("young_covered", "young_total"))
    sums = {row["campaign"]: row for row in rows.annotate(**_sums("young", covered, total))}
    return [(campaign, _share_of(sums.get(campaign.pk, {}))) for campaign in campaigns]


def _share_of(sums: Any) -> Share:
    return Share(sums.get("n_young_part"), sums.get("n_young_whole"))


def campaigns_to_show() -> QuerySet[MonitoringCampaign]:
    """Campaigns that have begun, the newest first."""
    return MonitoringCampaign.objects.filter(state__in=[CampaignState.OPEN, CampaignState.CLOSED]).order_by(
        "-open_from", "-pk"
    )
