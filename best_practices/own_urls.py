"""Addresses at which a person follows the bank, in the city: the same ones from whichever school."""

from django.urls import path

from best_practices.views import catalogues, feed, saved

app_name = "own_bank"
urlpatterns = [
    path("me/feed/", feed.own, name="feed"),
    path("me/searches/", saved.searches, name="searches"),
    path("me/searches/new/", saved.search_new, name="search_new"),
    path("me/searches/<uuid:pk>/", saved.search, name="search"),
    path("me/searches/<uuid:pk>/delete/", saved.search_delete, name="search_delete"),
    path("me/catalogues/", catalogues.catalogues, name="catalogues"),
    path("me/catalogues/new/", catalogues.catalogue_new, name="catalogue_new"),
    path("me/catalogues/<uuid:pk>/", catalogues.catalogue, name="catalogue"),
    path("me/catalogues/<uuid:pk>/file/", catalogues.catalogue_file, name="catalogue_file"),
    path("searches/stop/<str:key>/", saved.stop, name="stop"),
    path("feed/<str:key>/", feed.read, name="read_feed"),
]
