"""The address of the city's numbers, below `/api/v1/`."""

from django.urls import path

from portal.oversight import api

app_name = "oversight_api"
urlpatterns = [path("city/", api.CityRead.as_view(), name="city")]
