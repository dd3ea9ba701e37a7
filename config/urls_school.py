"""Addresses of a school's contour, below `/s/<code>/`."""

from django.urls import include, path

from config import home, own

urlpatterns = [
    path("", include("portal.papers.urls")),
    path("", include("portal.staff.urls")),
    path("", include("portal.local_acts.urls")),
    path("", include("portal.mentor_bank.urls")),
    path("", include("portal.mentoring.urls")),
    path("", include("portal.pair_work.urls")),
    path("", include("portal.cabinet.urls")),
    path("api/v1/", include("portal.staff.api_urls")),
    path("api/v1/", include("portal.local_acts.api_urls")),
    path("api/v1/", include("portal.mentor_bank.api_urls")),
    path("api/v1/", include("portal.mentoring.api_urls")),
    path("api/v1/", include("portal.pair_work.api_urls")),
    path("", home.home, name="home"),
    path("more/", home.more, name="more"),
    path("notices/", own.notices, name="notices"),
    path("me/", own.me, name="me"),
    path("api/v1/", include("portal.accounts.api_urls")),
    path("", include("portal.school_practices.urls")),
    path("bank/", include("best_practices.bank_urls")),
    path("", include("portal.monitoring.urls")),
    path("api/v1/", include("portal.monitoring.api_urls")),
    path("api/v1/", include("portal.school_practices.api_urls")),
    path("api/v1/", include("best_practices.bank_api_urls")),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
