"""A practice of the bank to take along: PDF, Word, and the short address that stands on paper."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from best_practices import access
from best_practices.citing import PREFIX
from best_practices.exporting import PDF, WORD, file_of
from best_practices.models import BankPractice
from best_practices.views.bank import for_readers
from portal.accounts.request import PortalRequest
from portal.core.errors import NotVisible
from tenants.addresses import city_url


@require_safe
@for_readers
def download(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The practice as a tagged PDF."""
    return file_of(access.bank_practice_for(request.actor, pk), PDF)


@require_safe
@for_readers
def word(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The same in Word."""
    return file_of(access.bank_practice_for(request.actor, pk), WORD)


@require_safe
def short(request: PortalRequest, number: str) -> HttpResponseRedirect:
    """To the page of the card, which says who may read it, or that it was taken off."""
    found = BankPractice.every.filter(code=f"{PREFIX}{number}").values_list("uuid", flat=True).first()
    if found is None:
        raise NotVisible
    return HttpResponseRedirect(city_url("bank:practice", found))
