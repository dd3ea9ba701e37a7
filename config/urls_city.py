"""Addresses of the city's contour: those of the house, and what the rooms give."""

from django.urls import path

from config import api_docs, finding, health, home, my_pages
from portal.ui.addresses import IN_CITY, paths_of

urlpatterns = [
    path("", home.home, name="home"),
    path("more/", home.more, name="more"),
    path("find/", finding.find, name="find"),
    path("places/", home.places, name="places"),
    path("help/", home.help_page, name="help"),
    path("personal-data/", home.personal_data, name="personal_data"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("notices/", my_pages.notices, name="notices"),
    path("me/", my_pages.me, name="me"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("api/docs/", api_docs.docs, name="api_docs"),
    path("api/docs/start.js", api_docs.start, name="api_docs_start"),
    path("api/schema/", api_docs.schema, name="api_schema"),
    *paths_of(IN_CITY),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
handler429 = "portal.accounts.views.signin.too_often"
