"""The city's page of all schools, and what one school has handed over."""

from dataclasses import replace
from functools import cached_property
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.core.text import quoted
from portal.municipality.access import school_for
from portal.municipality.forms import SchoolFilters
from portal.municipality.indicators import COUNTERS, Share
from portal.municipality.models import MonitoringCampaign, ReceivedForm, SchoolCounters
from portal.municipality.selectors import shown_values
from portal.municipality.states import ReceivedState
from portal.oversight.attention import concerns
from portal.oversight.exports import overview_xlsx
from portal.oversight.reasons import REASONS
from portal.oversight.selectors import (
    Overview,
    SchoolLine,
    by_day,
    campaigns_to_show,
    coverage,
    newest_and_enough,
    overview,
    with_figures,
)
from portal.ui.choices import offer
from portal.ui.lists import ListPage
from portal.ui.parts import Kpi, Table
from portal.ui.shortcuts import page
from portal.ui.words import decimal, plural
from tenants.models import School, SchoolState

NO_DATA = "нет данных"
SHOWN = 8
LINES = 50
"""Schools on a page of the table."""


class OverviewFilters(SchoolFilters):
    """Which campaign, and which schools."""

    state = forms.ChoiceField(
        label="Подключение",
        choices=[
            ("", "Все"),
            *(
                (s.value, s.label)
                for s in SchoolState
                if s not in (SchoolState.DRAFT, SchoolState.DOCS_SIGNED, SchoolState.ARCHIVED)
            ),
        ],
    )
    form = forms.ChoiceField(
        label="Форма", choices=[("", "Все"), ("missing", "не сдана"), *ReceivedState.choices]
    )
    campaign = forms.ChoiceField(label="Кампания", choices=())


class LinesPage(ListPage):
    """A page of lines: the number of all is known from the totals, and what is read is what is drawn."""

    def __init__(self, request: PortalRequest, view: Overview) -> None:
        super().__init__(request, School.objects.none(), per_page=LINES)
        self._view = view

    @cached_property
    def _window(self) -> tuple[int, int, list[SchoolLine]]:
        total = self._view.totals.schools
        number = min(self.asked_number, max(1, -(-total // LINES)))
        rows = with_figures(self._view.schools)[(number - 1) * LINES : number * LINES]
        return number, total, [SchoolLine(row) for row in rows]


@require_safe
def city(request: PortalRequest) -> HttpResponse:
    """«Город сегодня»: numbers, what needs attention, two charts, the table."""
    by = _reader(request)
    campaigns = list(campaigns_to_show()[:24])
    filters = OverviewFilters(request.GET or None)
    offer(filters, "campaign", [("", "Последняя"), *((str(c.uuid), c.title) for c in campaigns)])
    campaign = _picked(filters, campaigns)
    whole = overview(campaign) if campaign else overview(*newest_and_enough())
    view = _narrowed(whole, filters)
    if request.GET.get("export"):
        return overview_xlsx(view)
    listing = LinesPage(request, view)
    troubled = concerns(by, SHOWN, [line.school.pk for line in listing.rows])
    return page(
        request,
        "oversight/city.html",
        view=view,
        rows=[(line, *_state_of(line.school, troubled.reasons)) for line in listing.rows],
        list=listing,
        whole=whole,
        filters=filters,
        kpis=_kpis(whole),
        concerns=troubled.shown,
        unshown=troubled.total - len(troubled.shown),
        pairs_chart=_pairs_chart(whole),
        line_chart=_line_chart(),
        export_url=f"?{_query(request)}",
    )


def _reader(request: PortalRequest) -> Actor:
    by = request.actor
    if not by.can("dashboard:read"):
        raise Forbidden
    return by


def _query(request: PortalRequest) -> str:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return query.urlencode()


def _picked(filters: OverviewFilters, campaigns: list[MonitoringCampaign]) -> MonitoringCampaign | None:
    wanted = filters.picked("campaign") if filters.is_bound else None
    return next((c for c in campaigns if wanted and str(c.uuid) == wanted), None)


def _narrowed(whole: Overview, filters: OverviewFilters) -> Overview:
    """The chosen schools out of what was read: numbers on top stay the city's own."""
    if not filters.is_bound:
        return whole
    schools = whole.schools.filter(pk__in=filters.narrow(School.objects.all()).values("pk"))
    state = filters.picked("form")
    return replace(whole, schools=schools.filter(Q(form_state=state)) if state else schools)


def _state_of(school: School, reasons: dict[int, int]) -> tuple[str, str]:
    """The state of a school in a word and the kind of it: what needs help is named, nobody is ranked
    (decisions.md).
    """
    reason = REASONS.get(reasons.get(school.pk, 0))
    return (reason.brief, reason.kind) if reason else _calm(school)


def _calm(school: School) -> tuple[str, str]:
    if school.state == SchoolState.ACTIVE:
        return "порядок", "ok"
    return str(school.get_state_display()), "idle" if school.state == SchoolState.SUSPENDED else "brand"


def _kpis(view: Overview) -> list[Kpi]:
    due = (
        f"{quoted(view.campaign.title)}, срок {view.campaign.due_school:%d.%m.%Y}"
        if view.campaign
        else "кампаний ещё не было"
    )
    bank = (
        f"в школьных банках {view.in_bank}" if view.in_bank is not None else "в школьных банках: нет данных"
    )
    return [
        _share_kpi("Молодые педагоги с наставником", view.young, view),
        _share_kpi("Педагоги, занятые в наставничестве", view.involved, view),
        Kpi("Школы, которые работают", view.totals.working, f"из {view.totals.schools}", _not_working(view)),
        Kpi("Действующие пары и группы", _shown(view.pairs), "", _by_schools(view)),
        Kpi("Практики в банке города", view.published, "", bank),
        Kpi("Форма принята", view.totals.accepted, f"из {view.totals.asked}", due),
    ]


def _not_working(view: Overview) -> str:
    """Nothing when everybody works."""
    suspended = view.totals.suspended
    joining = view.totals.schools - view.totals.working - suspended
    words = [f"ещё {joining} {plural(joining, 'подключается,подключаются,подключаются')}"] if joining else []
    return ", ".join([*words, *([f"на паузе {suspended}"] if suspended else [])])


def _by_schools(view: Overview) -> str:
    known = view.totals.with_pairs
    when = f", на {view.counted_on:%d.%m.%Y}" if view.counted_on else ", из принятых форм"
    return f"по {known} {plural(known, 'школе,школам,школам')}{when}"


def _share_kpi(name: str, share: Share, view: Overview) -> Kpi:
    """A share, from what and from when it is; with too few forms no share at all."""
    source = view.shares_from
    if share.percent is None:
        return Kpi(name, "нет", "данных", "ни одна форма ещё не принята")
    if not view.enough:
        return Kpi(name, "рано", "сравнивать", source.words)
    return Kpi(name, decimal(round(share.percent)), "%", f"{share.words}. {_said_of(view)}")


def _said_of(view: Overview) -> str:
    """«Из «Кадровый срез», принято у 9 из 12, на 27.11.2026»."""
    source = view.shares_from
    when = f", на {source.accepted_on:%d.%m.%Y}" if source.accepted_on else ""
    return (
        f"Из {quoted(source.campaign.title)}, {source.words}{when}" if source.campaign else "Из принятых форм"
    )


def _shown(number: int | None) -> str:
    return NO_DATA if number is None else decimal(number)


def _pairs_chart(view: Overview) -> dict[str, object]:
    rows = sorted(view.pairs_by_form(), key=lambda row: -(row[1] or 0))
    known = [(label, number) for label, number in rows if number is not None]
    most = (
        f"Больше всего: {known[0][0].lower()}, {known[0][1]} из {sum(number for _, number in known)}"
        if known and known[0][1]
        else ""
    )
    finding = f"{most}. {_said_of(view)}" if most and view.enough else _few(view)
    return {
        "table": Table(
            ["Форма", "Пар и групп"],
            [(label, _shown(number)) for label, number in rows],
            caption="Пары и группы по формам наставничества",
        ),
        "finding": finding,
    }


def _few(view: Overview) -> str:
    return (
        f"{view.shares_from.words.capitalize()}: рано сравнивать"
        if view.shares_from.accepted
        else "Из принятых форм пар пока не видно"
    )


def _line_chart() -> dict[str, object]:
    """Coverage by campaigns when there are two to compare, else agreed counters by day."""
    shares = coverage()
    if len(shares) > 1:
        rows = [(campaign.title, _percent(share), share.words) for campaign, share in shares]
        return {
            "title": "Молодые педагоги с наставником",
            "finding": f"Сейчас {rows[-1][1]}, раньше было {rows[-2][1]}",
            "table": Table(
                ["Кампания", "Охват", "Сколько"],
                rows,
                caption="Охват молодых педагогов по кампаниям",
                units="%",
            ),
        }
    rows_of_days = [
        (f"{row['counted_on']:%d.%m}", _shown(row["pairs"]), _shown(row["young"]), row["schools"])
        for row in by_day()
    ]
    finding = (
        f"На {rows_of_days[-1][0]}: пар {rows_of_days[-1][1]}, молодых педагогов {rows_of_days[-1][2]}"
        if rows_of_days
        else "Согласованные числа ещё не приходили"
    )
    return {
        "title": "Пары и молодые педагоги по дням",
        "finding": finding,
        "table": Table(
            ["День", "Пары", "Молодые", "Школ прислали"],
            rows_of_days,
            plot=(1, 2),
            caption="Согласованные числа школ по дням",
        ),
    }


def _percent(share: Share) -> str:
    return NO_DATA if share.percent is None else f"{decimal(share.percent, 1)} %"


@require_safe
def school(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What one school has handed over: its accepted and other forms, its agreed numbers. Nothing else is
    known here.
    """
    by = _reader(request)
    found = school_for(by, pk)
    sent = list(
        ReceivedForm.objects.filter(school=found)
        .select_related("campaign")
        .order_by("-submitted_at", "-revision")[:50]
    )
    last = next((form for form in sent if form.state == ReceivedState.ACCEPTED), None)
    counters = SchoolCounters.objects.filter(school=found).order_by("-counted_on").first()
    return page(
        request,
        "oversight/school.html",
        school=found,
        forms=sent,
        last=last,
        values=shown_values(last) if last else [],
        facts=_counter_facts(found, counters),
        counters=counters,
        crumbs=[("Город сегодня", reverse("oversight:city"))],
        may_read_forms=by.can("received_form:read"),
    )


def _counter_facts(found: School, counters: SchoolCounters | None) -> list[tuple[str, str]]:
    return [
        (label, _shown(getattr(counters, key)))
        for key, label in COUNTERS.items()
        if counters is not None and key in found.agreed_counters
    ]
