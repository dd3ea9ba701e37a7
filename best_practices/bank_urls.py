"""Addresses of the bank, the same in a school and in the city."""

from django.urls import path

from best_practices.views import bank, collections, exporting, suggesting

app_name = "bank"
urlpatterns = [
    path("", bank.find, name="find"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("collections/<uuid:pk>/", collections.shown, name="collection"),
    path("<uuid:pk>/", bank.read, name="practice"),
    path("<uuid:pk>/pdf/", exporting.download, name="pdf"),
    path("<uuid:pk>/word/", exporting.word, name="word"),
]
