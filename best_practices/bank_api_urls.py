"""Reads of the bank, the same in a school and in the city."""

from django.urls import path

from best_practices import api, api_collections, api_exporting

app_name = "bank_api"
urlpatterns = [
    path("bank/", api.BankSearch.as_view(), name="search"),
    path("bank/collections/", api_collections.ShownCollections.as_view(), name="collections"),
    path("bank/collections/<uuid:pk>/", api_collections.ShownOne.as_view(), name="collection"),
    path("bank/<uuid:pk>/", api.BankRead.as_view(), name="practice"),
    path("bank/<uuid:pk>/pdf/", api_exporting.BankPdf.as_view(), name="pdf"),
    path("bank/<uuid:pk>/word/", api_exporting.BankWord.as_view(), name="word"),
]
