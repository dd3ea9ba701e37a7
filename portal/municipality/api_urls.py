"""Addresses of the department's reads, below `/api/v1/`."""

from django.urls import path

from portal.municipality import api

app_name = "municipality_api"
urlpatterns = [
    path("schools/", api.Schools.as_view(), name="schools"),
    path("schools/<uuid:pk>/", api.SchoolRead.as_view(), name="school"),
    path("campaigns/", api.Campaigns.as_view(), name="campaigns"),
    path("campaigns/<uuid:pk>/", api.CampaignRead.as_view(), name="campaign"),
    path("received-forms/", api.ReceivedForms.as_view(), name="received_forms"),
    path("received-forms/<uuid:pk>/", api.ReceivedFormRead.as_view(), name="received_form"),
    path("reference/", api.ReferenceEntries.as_view(), name="reference"),
    path("counters/", api.Counters.as_view(), name="counters"),
]
