"""The operator's page of the post: what waits, what has stopped, and one more try."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.municipality import services
from portal.municipality.selectors import post_health, stopped_letters
from portal.municipality.views import acting
from portal.ui.shortcuts import done, page


@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """Stopped letters of the city's inbox: the kind, the school and the trouble, never the content."""
    acting(request, "post:watch")
    return page(request, "municipality/post.html", health=post_health(), letters=stopped_letters())


@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a stopped letter try again."""
    services.retry_letter(pk, by=acting(request))
    return done(request, reverse("municipality:post"), "Письмо попробуем разобрать ещё раз. Обновите страницу через минуту.")
