"""Addresses of «who am I» and «what is next», below `/api/v1/` of both contours."""

from django.urls import path

from portal.accounts import api

app_name = "accounts_api"
urlpatterns = [
    path("me/", api.Me.as_view(), name="me"),
    path("next-steps/", api.NextSteps.as_view(), name="next_steps"),
]
