"""Addresses of the city's contour."""

from django.urls import include, path

from config import api_docs, health, home, own

urlpatterns = [
    path("", home.home, name="home"),
    path("more/", home.more, name="more"),
    path("places/", home.places, name="places"),
    path("help/", home.help_page, name="help"),
    path("personal-data/", home.personal_data, name="personal_data"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("notices/", own.notices, name="notices"),
    path("me/", own.me, name="me"),
    path("", include("portal.papers.urls")),
    path("", include("best_practices.urls")),
    path("bank/", include("best_practices.bank_urls")),
    path("demo/", include("portal.demo.urls")),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("", include("portal.accounts.urls")),
    path("ui/", include("portal.ui.urls")),
    path("", include("portal.municipality.urls")),
    path("", include("portal.oversight.urls")),
    path("api/docs/", api_docs.docs, name="api_docs"),
    path("api/docs/start.js", api_docs.start, name="api_docs_start"),
    path("api/schema/", api_docs.schema, name="api_schema"),
    path("api/v1/", include("portal.accounts.api_urls")),
    path("api/v1/", include("portal.municipality.api_urls")),
    path("api/v1/", include("portal.oversight.api_urls")),
    path("api/v1/", include("best_practices.api_urls")),
    path("api/v1/", include("best_practices.bank_api_urls")),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
handler429 = "portal.accounts.views.signin.too_often"
