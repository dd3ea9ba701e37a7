"""Addresses at which a person follows the bank, in the city: the same ones from whichever school."""

from django.urls import path

from best_practices.views import feed

app_name = "own_bank"
urlpatterns = [
    path("me/feed/", feed.own, name="feed"),
    path("feed/<str:key>/", feed.read, name="read_feed"),
]
