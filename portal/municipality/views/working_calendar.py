"""Production calendars of coming years: what is known, and a file for what is not."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core.workdays import FIRST_KNOWN
from portal.municipality import working_calendar
from portal.municipality.forms import CalendarForm
from portal.municipality.models import CalendarYear
from portal.municipality.views import acting
from portal.ui.shortcuts import done, page


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: PortalRequest) -> HttpResponse:
    """Terms in working days are counted by these."""
    by = acting(request, "school:open")
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            rows = working_calendar.load_calendar(form.cleaned_data["file"], by=by)
        if not form.refused:
            years = ", ".join(str(row.year) for row in rows)
            return done(
                request,
                reverse("municipality:calendar"),
                f"Загружено: {years}. Новые сроки в рабочих днях считаются по этому календарю.",
            )
    loaded = list(CalendarYear.objects.all())
    ours = [
        CalendarYear(year=year, off=sorted(moved.off), on=sorted(moved.on))
        for year, moved in FIRST_KNOWN.items()
        if year not in {row.year for row in loaded}
    ]
    return page(
        request,
        "municipality/calendar.html",
        form=form,
        years=[(str(row), row.words) for row in sorted([*loaded, *ours], key=lambda row: -row.year)],
        asked_for=working_calendar.year_to_ask_for(),
        crumbs=[("Школы", reverse("municipality:schools"))],
    )
