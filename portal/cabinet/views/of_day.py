"""«Школа на любой день»: the figures of the school, of today or of a day that is over."""

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.cabinet.selectors.of_day import days_to_ask, figures_on, unknown_on
from portal.core import clock
from portal.core.errors import Forbidden
from portal.ui.lists import FilterForm
from portal.ui.on_day import PastDayField
from portal.ui.shortcuts import page


class DayForm(FilterForm):
    on: forms.Field = PastDayField()


@require_safe
def of_day(request: PortalRequest) -> HttpResponse:
    by = request.actor
    if not (by.can("pair:lead") or by.can("pair:sign")):
        raise Forbidden("Показатели школы видят куратор и директор.")
    form = DayForm(request.GET or None)
    asked = form.picked("on") if form.is_bound else None
    day = asked or clock.today()
    return page(
        request,
        "cabinet/of_day.html",
        form=form,
        day=day,
        is_past=asked is not None,
        figures=figures_on(day),
        unknown=unknown_on(day),
        days=days_to_ask(),
    )
