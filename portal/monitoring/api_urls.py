"""Addresses of the school's forms, below `/s/<code>/api/v1/`."""

from django.urls import path

from portal.monitoring import api

app_name = "monitoring_api"
urlpatterns = [
    path("forms/", api.Forms.as_view(), name="forms"),
    path("forms/<uuid:pk>/", api.FormRead.as_view(), name="form"),
    path("disclosure/", api.Disclosure.as_view(), name="disclosure"),
]
