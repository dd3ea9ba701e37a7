"""Addresses of the bank, the same in a school and in the city."""

from django.urls import path

from best_practices.views import bank

app_name = "bank"
urlpatterns = [
    path("", bank.find, name="find"),
    path("<uuid:pk>/", bank.read, name="practice"),
    path("<uuid:pk>/pdf/", bank.download, name="pdf"),
]
