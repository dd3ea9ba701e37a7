"""What is asked of the bank: empty questions, answers that stand too far, words to teach."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from best_practices import access
from best_practices.asked import report
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.parts import Kpi
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
        kpis=[
            Kpi("Спросили", found.asked, note="за 90 дней"),
            Kpi("Ничего не нашлось", found.fruitless, note=f"из {found.asked}"),
            Kpi("Открыли найденное", found.opened),
        ],
        crumbs=[("Слова поиска", reverse("expertise:words"))],
    )
