"""What is asked of the bank: empty questions, answers that stand too far, words to teach."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from best_practices import access
from best_practices.asked import Report, report
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.parts import Kpi, Table
from portal.ui.shortcuts import page


@require_safe
def asked(request: PortalRequest) -> HttpResponse:
    """The last ninety days, without persons and schools."""
    if not access.can_edit_search_words(request.actor):
        raise Forbidden("Что ищут в банке, смотрит методист.")
    found = report()
    return page(
        request,
        "best_practices/asked.html",
        report=found,
        chart=_by_weeks(found),
        kpis=[
            Kpi("Спросили", found.asked, note="за 90 дней"),
            Kpi("Ничего не нашлось", found.fruitless, note=f"из {found.asked}"),
            Kpi("Открыли найденное", found.opened),
        ],
        crumbs=[("Слова поиска", reverse("expertise:words"))],
    )


def _by_weeks(found: Report) -> dict[str, object]:
    """Whether the bank answers more or less than it did."""
    _, asked, fruitless = found.weeks[-1]
    return {
        "finding": f"На этой неделе спросили: {asked}, ничего не нашлось: {fruitless}.",
        "table": Table(
            ["Неделя с", "спросили", "ничего не нашлось"],
            [[f"{day:%d.%m}", times, nothing] for day, times, nothing in found.weeks],
            plot=(1, 2),
        ),
    }
