"""Addresses of the demo; outside the demo they do not exist."""

from django.urls import path

from portal.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("become/", views.become, name="become"),
    path("letters/", views.letters, name="letters"),
]
