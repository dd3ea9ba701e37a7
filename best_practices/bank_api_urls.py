"""Reads of the bank, the same in a school and in the city."""

from django.urls import path

from best_practices import api

app_name = "bank_api"
urlpatterns = [
    path("bank/", api.BankSearch.as_view(), name="search"),
    path("bank/<uuid:pk>/", api.BankRead.as_view(), name="practice"),
]
