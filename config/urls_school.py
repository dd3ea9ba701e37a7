"""Addresses of a school's contour, below `/s/<code>/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
