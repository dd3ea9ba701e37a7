"""An expert takes the certificate of the present school year before the year is over."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from best_practices.certifying import certify_expert
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core.school_year import SchoolYear
from portal.ui.shortcuts import done


@require_POST
def ask(request: PortalRequest) -> HttpResponse:
    """Pressed again, it is the same certificate, until more sheets have served a decision."""
    made = certify_expert(signed_in_person(request).pk, SchoolYear.current(), by=request.actor)
    return done(request, reverse("certificates:mine"), f"Сертификат № {made.number} готов.")
