"""Addresses of a school's contour, below `/s/<code>/`: those of the house, and what the rooms give."""

from django.urls import path

from config import finding, home, my_pages
from portal.ui.addresses import IN_SCHOOL, paths_of

urlpatterns = [
    path("", home.home, name="home"),
    path("more/", home.more, name="more"),
    path("find/", finding.find, name="find"),
    path("notices/", my_pages.notices, name="notices"),
    path("me/", my_pages.me, name="me"),
    *paths_of(IN_SCHOOL),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
