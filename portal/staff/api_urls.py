"""Addresses of people and uploads, below `/s/<code>/api/v1/`."""

from django.urls import path

from portal.staff import api

app_name = "staff_api"
urlpatterns = [
    path("people/", api.People.as_view(), name="people"),
    path("people/<uuid:pk>/", api.PersonRead.as_view(), name="person"),
    path("personal-consents/", api.Consents.as_view(), name="consents"),
    path("personal-consents/<uuid:pk>/", api.ConsentRead.as_view(), name="consent"),
    path("staff-imports/", api.Imports.as_view(), name="imports"),
    path("staff-imports/<uuid:pk>/", api.ImportRead.as_view(), name="import"),
    path("staff-imports/<uuid:pk>/rows/", api.ImportRowsRead.as_view(), name="import_rows"),
]
