"""Addresses of the city's page of all schools."""

from django.urls import path

from portal.oversight import views

app_name = "oversight"
urlpatterns = [
    path("city/", views.city, name="city"),
    path("city/schools/<uuid:pk>/", views.school, name="school"),
]
